/**
 * What a folder of one's own images holds, and what is wrong with it, before anything is trained.
 */
package org.equipoise.experiments.data.inspection;
