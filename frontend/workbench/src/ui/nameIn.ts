/** The name in the language of the page, where there are two. */
export function nameIn(named: { name: string; nameEn?: string | null }, language: string): string {
  return language.startsWith('en') ? (named.nameEn ?? named.name) : named.name;
}
