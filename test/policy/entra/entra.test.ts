import { describe, expect, test } from 'vitest';
import {
  type DirectoryRole,
  directoryRoleName,
  judgeDirectoryRole,
} from '../../../src/policy/entra/directory-roles.js';
import {
  type AppRole,
  type EntraVerdict,
  judgeAppRole,
  permissionName,
} from '../../../src/policy/entra/permissions.js';

const GRAPH = '00000003-0000-0000-c000-000000000000';

function short({ level, escalates }: EntraVerdict): string {
  return escalates === undefined ? level : `${level}, escalates`;
}

describe('application permissions', () => {
  test.each<[what: string, role: AppRole, verdict: string]>([
    [
      'directory_sync: Directory.ReadWrite.All',
      { appRoleId: '19dbc75e-c2e2-444c-a770-ec69d8559fc7' },
      'broad',
    ],
    [
      'role_bot: RoleManagement.ReadWrite.Directory',
      { appRoleId: '9E3F62CF-ca93-4989-b6ce-bf83c28f9fe8' },
      'broad, escalates',
    ],
    [
      'partner_portal: User.Read.All',
      { appRoleId: 'df021288-bdef-4463-88db-98f22de89214', resourceAppId: GRAPH },
      'bounded',
    ],
    [
      'AppRoleAssignment.ReadWrite.All',
      { appRoleId: '06b708a9-e830-4db3-a914-8e69da51d44f' },
      'broad, escalates',
    ],
    ['Application.ReadWrite.All', { appRoleId: '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9' }, 'broad, escalates'],
    [
      'Application.ReadWrite.All of Azure AD Graph',
      { appRoleId: '1cda74f2-2616-4834-b122-5cb1b07f8a59' },
      'broad, escalates',
    ],
    ['Application.ReadWrite.OwnedBy', { appRoleId: '18a4783c-866b-4cc7-a460-3d5e5662c884' }, 'bounded'],
    ['Directory.Read.All', { appRoleId: '7ab1d382-f21e-4acd-a863-ba3e13f7da61' }, 'broad'],
    ['RoleManagement.Read.Directory', { appRoleId: '483bed4a-2ad3-4361-a73b-c83ccdbdc53c' }, 'broad'],
    ['User.ReadWrite.All', { appRoleId: '741f803b-c850-494e-b5df-cde7c675a1ca' }, 'broad'],
    ['Mail.Send', { appRoleId: 'b633e1c5-b582-4048-a93e-9f11b44c7e96' }, 'bounded'],
    ['Sites.FullControl.All', { appRoleId: 'a82116e5-55eb-4c41-a434-62fe8a61c773' }, 'broad'],
    ['Sites.Selected', { appRoleId: '883ea226-0bf2-4a8f-9f9d-92c9162a727d' }, 'bounded'],
    [
      'UserAuthenticationMethod.ReadWrite.All',
      { appRoleId: '50483e42-d915-4231-9639-7fdb7fd190e5' },
      'broad, escalates',
    ],
    [
      'RoleAssignmentSchedule.ReadWrite.Directory',
      { appRoleId: 'dd199f4a-f148-40a4-a2ec-f0069cc799ec' },
      'broad, escalates',
    ],
    ['a name from the service principal', { appRoleId: '', appRoleName: 'User.Read.All' }, 'bounded'],
    [
      'a broad name from the service principal',
      { appRoleId: '', appRoleName: 'Group.ReadWrite.All' },
      'broad',
    ],
    [
      'a broad name that Graph will add',
      { appRoleId: '', appRoleName: 'Moon.ReadWrite.All', resourceAppId: GRAPH },
      'broad',
    ],
    ['a name of somebody else’s API', { appRoleId: '', appRoleName: 'Orders.ReadWrite.All' }, 'bounded'],
    [
      'Graph’s name on somebody else’s API',
      {
        appRoleId: '',
        appRoleName: 'Directory.ReadWrite.All',
        resourceAppId: '00000000-0000-4000-8000-00000000dddd',
      },
      'bounded',
    ],
    ['an unknown role', { appRoleId: '00000000-0000-4000-8000-00000000eeee' }, 'bounded'],
    ['a hostile name', { appRoleId: '__proto__', appRoleName: 'constructor' }, 'bounded'],
  ])('%s', (_what, role, verdict) => {
    expect(short(judgeAppRole(role))).toBe(verdict);
  });

  test('are named in the text, unknown ones by their id', () => {
    const { text, escalates } = judgeAppRole({ appRoleId: '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8' });
    expect(text).toBe('application permission RoleManagement.ReadWrite.Directory');
    expect(escalates).toBe('RoleManagement.ReadWrite.Directory may assign any directory role, to itself too');
    expect(judgeAppRole({ appRoleId: '00000000-0000-4000-8000-00000000eeee' }).text).toBe(
      'app role 00000000-0000-4000-8000-00000000eeee',
    );
    expect(permissionName('df021288-bdef-4463-88db-98f22de89214')).toBe('User.Read.All');
  });
});

describe('directory roles', () => {
  test.each<[role: DirectoryRole, verdict: string]>([
    [{ name: 'Global Administrator' }, 'unbounded'],
    [{ id: '62e90394-69f5-4237-9190-012177145e10' }, 'unbounded'],
    [{ name: 'privileged role administrator' }, 'broad, escalates'],
    [{ name: 'Privileged Authentication Administrator' }, 'broad, escalates'],
    [{ id: '9B895D92-2CD3-44C7-9D02-A6AC2D5EA5C3' }, 'broad, escalates'],
    [{ name: 'Cloud Application Administrator' }, 'broad, escalates'],
    [{ name: 'Cloud Application Administrator', directoryScope: '/' }, 'broad, escalates'],
    [
      { name: 'Cloud Application Administrator', directoryScope: '/00000000-0000-4000-8000-00000000ffff' },
      'bounded',
    ],
    [{ name: 'User Administrator' }, 'broad'],
    [{ name: 'Groups Administrator', directoryScope: '/administrativeUnits/x' }, 'bounded'],
    [{ name: 'Directory Writers' }, 'broad'],
    [{ name: 'Directory Readers' }, 'bounded'],
    [{ name: 'Global Reader' }, 'bounded'],
    [{ name: 'Reports Reader' }, 'bounded'],
    [{ name: 'Acme Administrator' }, 'undecided'],
    [{ id: '00000000-0000-4000-8000-00000000ffff' }, 'undecided'],
    [{ name: '__proto__' }, 'undecided'],
    [{}, 'undecided'],
  ])('%j', (role, verdict) => {
    expect(short(judgeDirectoryRole(role))).toBe(verdict);
  });

  test('are known by template id', () => {
    expect(directoryRoleName('88d8e3e3-8f55-4a1e-953a-9b9898b8876b')).toBe('Directory Readers');
    expect(judgeDirectoryRole({ id: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b' }).text).toBe(
      'directory role Directory Readers',
    );
  });
});
