/** What makes our pages livelier. Every page works without it. */
export {};
