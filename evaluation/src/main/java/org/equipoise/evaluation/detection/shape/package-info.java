/**
 * Run-length masks as the mask code of COCO has them: polygons, unions, overlaps, areas, boxes and
 * the string form, to the last pixel.
 */
package org.equipoise.evaluation.detection.shape;
