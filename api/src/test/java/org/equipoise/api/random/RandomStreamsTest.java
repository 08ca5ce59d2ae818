package org.equipoise.api.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomStreamsTest {

  // Computed apart from Java, from SHA-256 and the published SplitMix64. A change here
  // changes every number that was ever reported, so it must not happen.
  @ParameterizedTest
  @CsvSource({
    "1, sampler/epoch=0, 5824372484813268870,"
        + " 8266408878920489545, 8472634169338177722, -7132502209895884566",
    "1, sampler/epoch=3, 4266426533969014900,"
        + " 4040542725287797637, 3234423455057229301, -7271208939208271842",
    "-42, init, -3181182446483548333,"
        + " -4908901221815913462, 2661454949515045215, -1407023884684563660",
    "1, größe, 4593986382150216570,"
        + " -722189544812368058, -8967580366196512456, 949409692270781790"
  })
  void should_never_change(
      long runSeed, String name, long seed, long first, long second, long third) {
    RandomStreams streams = new RandomStreams(runSeed);
    RandomGenerator stream = streams.stream(name);

    assertThat(streams.seed(name)).isEqualTo(seed);
    assertThat(new long[] {stream.nextLong(), stream.nextLong(), stream.nextLong()})
        .containsExactly(first, second, third);
  }

  @Test
  void should_never_change_within_a_prefix() {
    RandomStreams crt = new RandomStreams(1).within("stage/crt");

    assertThat(crt.runSeed()).isEqualTo(9093398372154413236L);
    assertThat(crt.stream("init").nextLong()).isEqualTo(-8446146994880921278L);
  }

  @Test
  void should_begin_anew_however_much_was_drawn_before() {
    RandomStreams streams = new RandomStreams(7);
    long first = streams.stream("a").nextLong();
    streams.stream("b").nextBytes(new byte[100]);
    streams.stream("a").nextBytes(new byte[100]);

    assertThat(streams.stream("a").nextLong()).isEqualTo(first);
    assertThat(streams.stream("b").nextLong()).isNotEqualTo(first);
    assertThat(streams.within("a").stream("a").nextLong()).isNotEqualTo(first);
  }
}
