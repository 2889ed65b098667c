// One rule speaks of many platforms; how to mend it is told in the words of the one at hand.

type Platform = 'aws' | 'azure' | 'google' | 'kubernetes';

const PLATFORMS: Readonly<Record<string, Platform>> = {
  aws: 'aws',
  azurerm: 'azure',
  azuread: 'azure',
  google: 'google',
  kubernetes: 'kubernetes',
};

/**
 * How to mend it where an identity of this kind lives; undefined where the rule's own words fit.
 * @param kind `azuread.application`
 */
export function helpOn(kind: string, words: Readonly<Partial<Record<Platform, string>>>): string | undefined {
  const platform = PLATFORMS[kind.split('.')[0] ?? ''];
  return platform && words[platform];
}
