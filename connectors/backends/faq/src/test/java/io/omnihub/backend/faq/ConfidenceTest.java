package io.omnihub.backend.faq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfidenceTest {

  @Test
  void fullSharesAreCertain() {
    assertThat(new Confidence(1, 1, 1).value()).isEqualTo(1);
  }

  @Test
  void anyEmptyShareIsNoConfidence() {
    assertThat(new Confidence(0, 1, 1).value()).isZero();
    assertThat(new Confidence(1, 0, 1).value()).isZero();
    assertThat(new Confidence(1, 1, 0).value()).isZero();
  }

  @Test
  void eachShareRaisesIt() {
    double middle = new Confidence(0.5, 0.5, 0.5).value();
    assertThat(new Confidence(0.6, 0.5, 0.5).value()).isGreaterThan(middle);
    assertThat(new Confidence(0.5, 0.6, 0.5).value()).isGreaterThan(middle);
    assertThat(new Confidence(0.5, 0.5, 0.6).value()).isGreaterThan(middle);
  }

  @Test
  void roundingBeyondTheEndsIsCutOff() {
    assertThat(new Confidence(1.000001, 1.1, 2).value()).isEqualTo(1);
    assertThat(new Confidence(Double.NaN, 1, 1).value()).isZero();
  }

  @Test
  void clarityIsHalfWhenTwoAreLevel() {
    assertThat(Confidence.clarity(3, 3)).isCloseTo(0.5, within(1e-9));
    assertThat(Confidence.clarity(3, 0)).isEqualTo(1);
    assertThat(Confidence.clarity(0, 3)).isZero();
    assertThat(Confidence.clarity(3, 6)).isLessThan(0.1);
  }

  @Test
  void clarityDoesNotDependOnTheHeightOfTheScores() {
    assertThat(Confidence.clarity(30, 20)).isCloseTo(Confidence.clarity(3, 2), within(1e-9));
  }
}
