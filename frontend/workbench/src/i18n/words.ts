/** The same keys as the Chinese words, which come first: a missing or a surplus key does not compile. */
export type WordsLike<Words> = {
  readonly [Key in keyof Words]: Words[Key] extends string ? string : WordsLike<Words[Key]>;
};
