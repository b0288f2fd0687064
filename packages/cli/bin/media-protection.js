#!/usr/bin/env node
// Stands in the repository, so that npm can link it before there is a dist.
import "../dist/main.js";
