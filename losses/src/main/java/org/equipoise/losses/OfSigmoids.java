package org.equipoise.losses;

/** Marks a bound loss with a sigmoid for each class: one may be right, or several, or none. */
interface OfSigmoids {}
