/** Providers where anybody gets an address: their domain says nothing of a person's company. */
export const publicDomains: readonly string[] =
  `126.com 163.com aol.com att.net bluewin.ch btinternet.com comcast.net fastmail.com free.fr freenet.de
   gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.de
   hotmail.fr icloud.com laposte.net libero.it live.com mac.com mail.com mail.ru mailbox.org me.com msn.com
   naver.com orange.fr outlook.com outlook.de pm.me posteo.de proton.me protonmail.com qq.com seznam.cz
   t-online.de verizon.net virgilio.it wanadoo.fr web.de wp.pl yahoo.co.uk yahoo.com yahoo.de yahoo.fr
   yandex.ru ymail.com zoho.com`.split(/\s+/);

const known: ReadonlySet<string> = new Set(publicDomains);

export const isPublicDomain = (domain: string): boolean => known.has(domain);
