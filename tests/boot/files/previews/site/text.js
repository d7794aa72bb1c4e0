export const text = "the first version";
