/** From most to least. A viewer reads; a member edits; a manager also manages what is shared; an admin manages people. */
export const roles = ['admin', 'manager', 'member', 'viewer'] as const;
export type Role = (typeof roles)[number];

const weight: Record<Role, number> = { viewer: 0, member: 1, manager: 2, admin: 3 };

export const mayAct = (role: Role, least: Role): boolean => weight[role] >= weight[least];

/** What a key may do: what it was made for, but never more than its maker may do now. */
export const lesserRole = (a: Role, b: Role): Role => (weight[a] <= weight[b] ? a : b);
