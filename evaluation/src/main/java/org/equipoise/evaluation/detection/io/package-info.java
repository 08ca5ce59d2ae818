/**
 * Files of COCO and LVIS: annotations and detections in, results out. Read as streams, plain or
 * gzipped; what is wrong is said with file, entry and reason.
 */
package org.equipoise.evaluation.detection.io;
