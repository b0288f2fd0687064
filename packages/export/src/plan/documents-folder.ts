/** The folder of plans and manifests within a target; no medium has a key in it. */
export const documentsFolder = "_export";
