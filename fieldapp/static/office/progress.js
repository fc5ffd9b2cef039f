/** Follows a long import: the page is looked at again while the file is read or written, and shows how far it is. */

const EVERY = 1500;

setTimeout(() => location.reload(), EVERY);
