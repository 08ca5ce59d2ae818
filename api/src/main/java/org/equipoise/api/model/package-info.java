/** Backbones, classifier heads, and what a model puts out. */
package org.equipoise.api.model;
