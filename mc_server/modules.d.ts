// Packages that bring no types of their own and are used as they come.
declare module 'flying-squid'
