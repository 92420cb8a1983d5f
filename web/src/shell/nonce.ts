// The page's nonce for styles that components write while they run. Some parts of the component library write theirs without
// asking for it, so every style element that our own scripts make is given it; markup from elsewhere never is.

export const NONCE = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? "";

const create = document.createElement.bind(document);

document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const element = create(name, options);
  if (element instanceof HTMLStyleElement) element.nonce = NONCE;
  return element;
}) as typeof document.createElement;
