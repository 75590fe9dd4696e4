/** What a public page says of itself, by language. Everything else on it is the form's own text. */
export const formLanguages = ['en', 'de', 'fr', 'es', 'ar'] as const;
export type FormLanguage = (typeof formLanguages)[number];

export const languageNames: Readonly<Record<FormLanguage, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
};

export interface FormWords {
  readonly send: string;
  readonly required: string;
  readonly optional: string;
  readonly choose: string;
  readonly yes: string;
  readonly thanksTitle: string;
  readonly thanks: string;
  readonly checkMailTitle: string;
  readonly checkMail: string;
  readonly goOn: string;
  readonly notSent: string;
  readonly notSaved: string;
  readonly missing: string;
  readonly mustAgree: string;
  readonly email: string;
  readonly phone: string;
  readonly url: string;
  readonly number: string;
  readonly date: string;
  readonly option: string;
  /** `{n}` stands for the number of characters. */
  readonly tooLong: string;
  readonly tooFast: string;
  readonly tooOld: string;
  readonly tooMany: string;
  readonly leaveEmpty: string;
  readonly isTest: string;
  readonly testDone: string;
  readonly goneTitle: string;
  readonly gone: string;
  readonly closedTitle: string;
  readonly closed: string;
  /** Above what somebody wrote and cannot send. */
  readonly written: string;
  readonly notSentTitle: string;
  readonly confirmTitle: string;
  readonly confirmAsk: string;
  readonly confirm: string;
  readonly confirmedTitle: string;
  readonly confirmed: string;
  readonly linkGoneTitle: string;
  readonly linkGone: string;
  /** `{form}` stands for the form's name. */
  readonly mailSubject: string;
  readonly mailText: string;
  readonly mailIgnore: string;
}

const en: FormWords = {
  send: 'Send',
  required: 'required',
  optional: 'optional',
  choose: 'Choose …',
  yes: 'Yes',
  thanksTitle: 'Thank you',
  thanks: 'Your message has arrived.',
  checkMailTitle: 'One more step',
  checkMail: 'We have sent you an e-mail. Open the link in it to confirm. It is valid for 7 days.',
  goOn: 'Continue',
  notSent: 'Not sent yet. Please look at what is marked.',
  notSaved: 'This could not be saved just now. What you typed is still here: please send it again in a moment.',
  missing: 'Please fill this in.',
  mustAgree: 'Please agree to this to go on.',
  email: 'Please type an e-mail address like ana@example.com.',
  phone: 'Please type a telephone number.',
  url: 'Please type a web address.',
  number: 'Please type a number.',
  date: 'Please choose a date.',
  option: 'Please choose one of the answers.',
  tooLong: 'This is longer than {n} characters.',
  tooFast: 'That was very quick. Please have another look and send it again.',
  tooOld: 'This page has been open for a long time. Please send it again.',
  tooMany: 'Too many messages came from your network. What you typed is still here: please send it again in a minute.',
  leaveEmpty: 'Leave this empty',
  isTest: 'This is a test. No lead is made.',
  testDone: 'The test has arrived. No lead was made.',
  goneTitle: 'This form is not available',
  gone: 'It may have been closed, or the address may be wrong.',
  closedTitle: 'This form was closed',
  closed: 'It was closed while you were filling it in. Nothing was sent, and nothing of it was kept here.',
  written: 'What you wrote, so that you can copy it',
  notSentTitle: 'Not sent',
  confirmTitle: 'Please confirm',
  confirmAsk: 'Press the button to confirm that this was you.',
  confirm: 'Confirm',
  confirmedTitle: 'Confirmed',
  confirmed: 'Thank you. Your message has arrived.',
  linkGoneTitle: 'This link is no longer valid',
  linkGone: 'It was used already, or it is older than 7 days. You can fill in the form again.',
  mailSubject: 'Please confirm: {form}',
  mailText: 'Somebody filled in the form “{form}” with this e-mail address. If this was you, please confirm it here:',
  mailIgnore: 'If it was not you, you need do nothing: without a confirmation it is deleted after 7 days.',
};

const de: FormWords = {
  send: 'Absenden',
  required: 'erforderlich',
  optional: 'freiwillig',
  choose: 'Bitte wählen …',
  yes: 'Ja',
  thanksTitle: 'Vielen Dank',
  thanks: 'Ihre Nachricht ist angekommen.',
  checkMailTitle: 'Noch ein Schritt',
  checkMail: 'Wir haben Ihnen eine E-Mail geschickt. Öffnen Sie darin den Link, um zu bestätigen. Er gilt 7 Tage.',
  goOn: 'Weiter',
  notSent: 'Noch nicht gesendet. Bitte sehen Sie sich das Markierte an.',
  notSaved:
    'Das konnte gerade nicht gespeichert werden. Ihre Eingaben sind noch da: Bitte senden Sie gleich noch einmal.',
  missing: 'Bitte ausfüllen.',
  mustAgree: 'Bitte stimmen Sie zu, um fortzufahren.',
  email: 'Bitte geben Sie eine E-Mail-Adresse wie ana@example.com ein.',
  phone: 'Bitte geben Sie eine Telefonnummer ein.',
  url: 'Bitte geben Sie eine Web-Adresse ein.',
  number: 'Bitte geben Sie eine Zahl ein.',
  date: 'Bitte wählen Sie ein Datum.',
  option: 'Bitte wählen Sie eine der Antworten.',
  tooLong: 'Das ist länger als {n} Zeichen.',
  tooFast: 'Das ging sehr schnell. Bitte sehen Sie noch einmal nach und senden Sie erneut.',
  tooOld: 'Diese Seite war lange offen. Bitte senden Sie noch einmal.',
  tooMany:
    'Aus Ihrem Netz kamen zu viele Nachrichten. Ihre Eingaben sind noch da: Bitte senden Sie in einer Minute noch einmal.',
  leaveEmpty: 'Bitte leer lassen',
  isTest: 'Dies ist ein Test. Es entsteht kein Lead.',
  testDone: 'Der Test ist angekommen. Es ist kein Lead entstanden.',
  goneTitle: 'Dieses Formular ist nicht verfügbar',
  gone: 'Vielleicht wurde es geschlossen, oder die Adresse stimmt nicht.',
  closedTitle: 'Dieses Formular wurde geschlossen',
  closed:
    'Es wurde geschlossen, während Sie es ausgefüllt haben. Nichts wurde gesendet, und nichts davon wurde hier gespeichert.',
  written: 'Was Sie geschrieben haben, zum Kopieren',
  notSentTitle: 'Nicht gesendet',
  confirmTitle: 'Bitte bestätigen',
  confirmAsk: 'Drücken Sie den Knopf, um zu bestätigen, dass Sie das waren.',
  confirm: 'Bestätigen',
  confirmedTitle: 'Bestätigt',
  confirmed: 'Vielen Dank. Ihre Nachricht ist angekommen.',
  linkGoneTitle: 'Dieser Link gilt nicht mehr',
  linkGone: 'Er wurde schon benutzt oder ist älter als 7 Tage. Sie können das Formular noch einmal ausfüllen.',
  mailSubject: 'Bitte bestätigen: {form}',
  mailText:
    'Jemand hat das Formular „{form}“ mit dieser E-Mail-Adresse ausgefüllt. Wenn Sie das waren, bestätigen Sie es bitte hier:',
  mailIgnore: 'Wenn nicht, müssen Sie nichts tun: Ohne Bestätigung wird es nach 7 Tagen gelöscht.',
};

const fr: FormWords = {
  send: 'Envoyer',
  required: 'obligatoire',
  optional: 'facultatif',
  choose: 'Choisir…',
  yes: 'Oui',
  thanksTitle: 'Merci',
  thanks: 'Votre message est bien arrivé.',
  checkMailTitle: 'Encore une étape',
  checkMail: 'Nous vous avons envoyé un e-mail. Ouvrez le lien qu’il contient pour confirmer. Il est valable 7 jours.',
  goOn: 'Continuer',
  notSent: 'Pas encore envoyé. Veuillez regarder ce qui est signalé.',
  notSaved:
    'L’enregistrement n’a pas été possible. Votre saisie est conservée ici : veuillez renvoyer dans un instant.',
  missing: 'Veuillez remplir ce champ.',
  mustAgree: 'Veuillez donner votre accord pour continuer.',
  email: 'Veuillez saisir une adresse e-mail comme ana@example.com.',
  phone: 'Veuillez saisir un numéro de téléphone.',
  url: 'Veuillez saisir une adresse web.',
  number: 'Veuillez saisir un nombre.',
  date: 'Veuillez choisir une date.',
  option: 'Veuillez choisir une des réponses.',
  tooLong: 'Ce texte dépasse {n} caractères.',
  tooFast: 'C’était très rapide. Veuillez vérifier puis envoyer à nouveau.',
  tooOld: 'Cette page est ouverte depuis longtemps. Veuillez envoyer à nouveau.',
  tooMany:
    'Trop de messages sont venus de votre réseau. Votre saisie est conservée ici : veuillez renvoyer dans une minute.',
  leaveEmpty: 'Laissez ce champ vide',
  isTest: 'Ceci est un test. Aucun prospect n’est créé.',
  testDone: 'Le test est arrivé. Aucun prospect n’a été créé.',
  goneTitle: 'Ce formulaire n’est pas disponible',
  gone: 'Il a peut-être été fermé, ou l’adresse est erronée.',
  closedTitle: 'Ce formulaire a été fermé',
  closed: 'Il a été fermé pendant que vous le remplissiez. Rien n’a été envoyé, et rien n’en a été conservé ici.',
  written: 'Ce que vous avez écrit, pour le copier',
  notSentTitle: 'Non envoyé',
  confirmTitle: 'Veuillez confirmer',
  confirmAsk: 'Appuyez sur le bouton pour confirmer que c’était bien vous.',
  confirm: 'Confirmer',
  confirmedTitle: 'Confirmé',
  confirmed: 'Merci. Votre message est bien arrivé.',
  linkGoneTitle: 'Ce lien n’est plus valable',
  linkGone: 'Il a déjà été utilisé, ou il date de plus de 7 jours. Vous pouvez remplir à nouveau le formulaire.',
  mailSubject: 'Veuillez confirmer : {form}',
  mailText:
    'Quelqu’un a rempli le formulaire « {form} » avec cette adresse e-mail. Si c’était vous, veuillez le confirmer ici :',
  mailIgnore: 'Sinon, vous n’avez rien à faire : sans confirmation, tout est supprimé après 7 jours.',
};

const es: FormWords = {
  send: 'Enviar',
  required: 'obligatorio',
  optional: 'opcional',
  choose: 'Elegir…',
  yes: 'Sí',
  thanksTitle: 'Gracias',
  thanks: 'Su mensaje ha llegado.',
  checkMailTitle: 'Un paso más',
  checkMail: 'Le hemos enviado un correo. Abra el enlace que contiene para confirmar. Es válido durante 7 días.',
  goOn: 'Continuar',
  notSent: 'Aún no se ha enviado. Revise lo que está marcado.',
  notSaved: 'No se ha podido guardar en este momento. Lo que escribió sigue aquí: envíelo de nuevo en un momento.',
  missing: 'Rellene este campo.',
  mustAgree: 'Acéptelo para continuar.',
  email: 'Escriba una dirección de correo como ana@example.com.',
  phone: 'Escriba un número de teléfono.',
  url: 'Escriba una dirección web.',
  number: 'Escriba un número.',
  date: 'Elija una fecha.',
  option: 'Elija una de las respuestas.',
  tooLong: 'Tiene más de {n} caracteres.',
  tooFast: 'Ha sido muy rápido. Revíselo y envíelo de nuevo.',
  tooOld: 'Esta página lleva mucho tiempo abierta. Envíelo de nuevo.',
  tooMany: 'Han llegado demasiados mensajes desde su red. Lo que escribió sigue aquí: envíelo de nuevo en un minuto.',
  leaveEmpty: 'Deje este campo vacío',
  isTest: 'Esto es una prueba. No se crea ningún cliente potencial.',
  testDone: 'La prueba ha llegado. No se ha creado ningún cliente potencial.',
  goneTitle: 'Este formulario no está disponible',
  gone: 'Puede que se haya cerrado o que la dirección sea incorrecta.',
  closedTitle: 'Este formulario se ha cerrado',
  closed: 'Se cerró mientras lo rellenaba. No se ha enviado nada, y aquí no se ha guardado nada.',
  written: 'Lo que escribió, para que pueda copiarlo',
  notSentTitle: 'No enviado',
  confirmTitle: 'Confirme, por favor',
  confirmAsk: 'Pulse el botón para confirmar que fue usted.',
  confirm: 'Confirmar',
  confirmedTitle: 'Confirmado',
  confirmed: 'Gracias. Su mensaje ha llegado.',
  linkGoneTitle: 'Este enlace ya no es válido',
  linkGone: 'Ya se ha usado o tiene más de 7 días. Puede rellenar el formulario de nuevo.',
  mailSubject: 'Confirme, por favor: {form}',
  mailText: 'Alguien ha rellenado el formulario «{form}» con esta dirección de correo. Si fue usted, confírmelo aquí:',
  mailIgnore: 'Si no fue usted, no tiene que hacer nada: sin confirmación se borra a los 7 días.',
};

const ar: FormWords = {
  send: 'إرسال',
  required: 'مطلوب',
  optional: 'اختياري',
  choose: 'اختر…',
  yes: 'نعم',
  thanksTitle: 'شكرًا لك',
  thanks: 'لقد وصلت رسالتك.',
  checkMailTitle: 'خطوة أخرى',
  checkMail: 'لقد أرسلنا إليك رسالة بريد إلكتروني. افتح الرابط الموجود فيها للتأكيد. الرابط صالح لمدة 7 أيام.',
  goOn: 'متابعة',
  notSent: 'لم يتم الإرسال بعد. يرجى مراجعة ما تم تمييزه.',
  notSaved: 'تعذر الحفظ الآن. ما كتبته ما زال هنا: يرجى الإرسال مرة أخرى بعد قليل.',
  missing: 'يرجى ملء هذا الحقل.',
  mustAgree: 'يرجى الموافقة للمتابعة.',
  email: 'يرجى كتابة عنوان بريد إلكتروني مثل ana@example.com.',
  phone: 'يرجى كتابة رقم هاتف.',
  url: 'يرجى كتابة عنوان موقع.',
  number: 'يرجى كتابة رقم.',
  date: 'يرجى اختيار تاريخ.',
  option: 'يرجى اختيار إحدى الإجابات.',
  tooLong: 'النص أطول من {n} حرفًا.',
  tooFast: 'كان ذلك سريعًا جدًا. يرجى المراجعة والإرسال مرة أخرى.',
  tooOld: 'هذه الصفحة مفتوحة منذ وقت طويل. يرجى الإرسال مرة أخرى.',
  tooMany: 'وصلت رسائل كثيرة من شبكتك. ما كتبته ما زال هنا: يرجى الإرسال مرة أخرى بعد دقيقة.',
  leaveEmpty: 'اترك هذا الحقل فارغًا',
  isTest: 'هذا اختبار. لا يتم إنشاء أي عميل محتمل.',
  testDone: 'لقد وصل الاختبار. لم يتم إنشاء أي عميل محتمل.',
  goneTitle: 'هذا النموذج غير متاح',
  gone: 'ربما تم إغلاقه أو أن العنوان غير صحيح.',
  closedTitle: 'تم إغلاق هذا النموذج',
  closed: 'أُغلق أثناء قيامك بملئه. لم يُرسل شيء ولم يُحفظ منه شيء هنا.',
  written: 'ما كتبته، لتتمكن من نسخه',
  notSentTitle: 'لم يتم الإرسال',
  confirmTitle: 'يرجى التأكيد',
  confirmAsk: 'اضغط على الزر لتأكيد أنك أنت من أرسل.',
  confirm: 'تأكيد',
  confirmedTitle: 'تم التأكيد',
  confirmed: 'شكرًا لك. لقد وصلت رسالتك.',
  linkGoneTitle: 'لم يعد هذا الرابط صالحًا',
  linkGone: 'تم استخدامه من قبل أو مضى عليه أكثر من 7 أيام. يمكنك ملء النموذج مرة أخرى.',
  mailSubject: 'يرجى التأكيد: {form}',
  mailText: 'قام شخص ما بملء النموذج «{form}» بهذا البريد الإلكتروني. إذا كنت أنت، يرجى التأكيد هنا:',
  mailIgnore: 'إذا لم تكن أنت، فلا داعي لفعل أي شيء: يُحذف كل شيء بعد 7 أيام دون تأكيد.',
};

const words: Readonly<Record<FormLanguage, FormWords>> = { en, de, fr, es, ar };

export const wordsOf = (language: FormLanguage): FormWords => words[language];

export const directionOf = (language: FormLanguage): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/** What a field is called on a page in this language until somebody says otherwise; English is the field's own word. */
const usualLabels: Readonly<Partial<Record<FormLanguage, Readonly<Record<string, string>>>>> = {
  de: {
    name: 'Name',
    email: 'E-Mail',
    phone: 'Telefon',
    companyName: 'Firma',
    jobTitle: 'Position',
    website: 'Website',
    country: 'Land',
    message: 'Nachricht',
  },
  fr: {
    name: 'Nom',
    email: 'E-mail',
    phone: 'Téléphone',
    companyName: 'Entreprise',
    jobTitle: 'Fonction',
    website: 'Site web',
    country: 'Pays',
    message: 'Message',
  },
  es: {
    name: 'Nombre',
    email: 'Correo electrónico',
    phone: 'Teléfono',
    companyName: 'Empresa',
    jobTitle: 'Cargo',
    website: 'Sitio web',
    country: 'País',
    message: 'Mensaje',
  },
  ar: {
    name: 'الاسم',
    email: 'البريد الإلكتروني',
    phone: 'الهاتف',
    companyName: 'الشركة',
    jobTitle: 'المسمى الوظيفي',
    website: 'الموقع الإلكتروني',
    country: 'البلد',
    message: 'الرسالة',
  },
};

export const usualLabel = (language: FormLanguage, field: string): string | undefined => {
  const labels = usualLabels[language];
  return labels !== undefined && Object.hasOwn(labels, field) ? labels[field] : undefined;
};
