/** Files that are there whole or not at all, their digests, and locks between processes. */
package org.equipoise.experiments.files;
