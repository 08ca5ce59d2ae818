package org.equipoise.experiments.data.augmentation;

import java.util.random.RandomGenerator;

/**
 * The operations of learned policies, each with a strength from 0 to 1.
 *
 * <p>Those that can go both ways take a strength in [-1, 1], whose sign says which.
 */
enum Operation {
  IDENTITY(false) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      return image;
    }
  },
  INVERT(false) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      return image.map(value -> 255 - value);
    }
  },
  AUTO_CONTRAST(false) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      return image.autoContrast();
    }
  },
  EQUALIZE(false) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      return image.equalized();
    }
  },
  /** Keeps 8 bits down to 4. */
  POSTERIZE(false) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      int dropped = (int) Math.rint(4 * strength);
      return image.map(value -> value >> dropped << dropped);
    }
  },
  /** Inverts what is not below a threshold of 256 down to 0. */
  SOLARIZE(false) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      double threshold = 256 * (1 - strength);
      return image.map(value -> value < threshold ? value : 255 - value);
    }
  },
  COLOR(true) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      return image.blendedFrom(image.grey(), 1 + ENHANCEMENT * strength);
    }
  },
  CONTRAST(true) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      int mean = image.grey().mean();
      return image.blendedFrom(image.filled(mean), 1 + ENHANCEMENT * strength);
    }
  },
  BRIGHTNESS(true) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      return image.blendedFrom(image.filled(0), 1 + ENHANCEMENT * strength);
    }
  },
  SHARPNESS(true) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      return image.blendedFrom(image.smoothed(), 1 + ENHANCEMENT * strength);
    }
  },
  /** Slants columns about the upper left corner. */
  SHEAR_X(true) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      return image.affine(new double[] {1, SHEAR * strength, 0, 0, 1, 0}, fill);
    }
  },
  /** Slants rows about the upper left corner. */
  SHEAR_Y(true) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      return image.affine(new double[] {1, 0, 0, SHEAR * strength, 1, 0}, fill);
    }
  },
  TRANSLATE_X(true) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      double shift = TRANSLATION * image.width() * strength;
      return image.affine(new double[] {1, 0, shift, 0, 1, 0}, fill);
    }
  },
  TRANSLATE_Y(true) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      double shift = TRANSLATION * image.height() * strength;
      return image.affine(new double[] {1, 0, 0, 0, 1, shift}, fill);
    }
  },
  /** Turns counter-clockwise about the middle. */
  ROTATE(true) {
    @Override
    ByteImage apply(ByteImage image, double strength, int fill) {
      double angle = Math.toRadians(DEGREES * strength);
      double cos = Math.cos(angle);
      double sin = Math.sin(angle);
      double x = image.width() / 2.0;
      double y = image.height() / 2.0;
      return image.affine(
          new double[] {cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y}, fill);
    }
  };

  private static final double ENHANCEMENT = 0.9;
  private static final double SHEAR = 0.3;
  private static final double TRANSLATION = 150.0 / 331;
  private static final double DEGREES = 30;

  private final boolean signed;

  Operation(boolean signed) {
    this.signed = signed;
  }

  /**
   * Changes an image, one way or the other if the operation can go both ways: only then is drawn.
   *
   * @param strength from 0 to 1
   * @param fill the value of what comes in from outside, 0..255
   */
  ByteImage either(ByteImage image, double strength, int fill, RandomGenerator random) {
    return apply(image, signed && random.nextInt(2) == 1 ? -strength : strength, fill);
  }

  /**
   * Changes an image.
   *
   * @param strength from 0 to 1, or from -1 if the operation can go both ways
   * @param fill the value of what comes in from outside, 0..255
   */
  abstract ByteImage apply(ByteImage image, double strength, int fill);
}
