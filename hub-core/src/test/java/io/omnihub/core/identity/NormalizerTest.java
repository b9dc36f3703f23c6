package io.omnihub.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.Identity;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizerTest {

  @ParameterizedTest
  @CsvSource({
    "CN, 138 0013 8000,          +8613800138000",
    "CN, 013800138000,           +8613800138000",
    "CN, +86 138-0013-8000,      +8613800138000",
    "CN, 0086 13800138000,       +8613800138000",
    "CN, 010-6552 9988,          +861065529988",
    "US, (650) 253-0000,         +16502530000",
    "US, 1 650 253 0000,         +16502530000",
    "US, +1.650.253.0000,        +16502530000",
    "US, 011 49 30 123456,       +4930123456",
    "US, tel:+1-650-253-0000,    +16502530000",
    "DE, 030 123456,             +4930123456",
    "DE, 0170 1234567,           +491701234567",
    "DE, 0049 170 1234567,       +491701234567",
    "DE, +49 (0) 170 1234567,    +491701234567",
    "DE, +1 650 253 0000,        +16502530000",
    "BR, (11) 96123-4567,        +5511961234567",
    "BR, 011 96123 4567,         +5511961234567",
    "BR, +55 11 96123-4567,      +5511961234567",
    "BR, +55 11 3123 4567,       +551131234567",
    "MX, +52 55 1234 5678,       +525512345678",
    "MX, 55 1234 5678,           +525512345678",
    "AR, 011 15-2345-6789,       +5491123456789",
    "AR, +54 9 11 2345 6789,     +5491123456789",
    "GB, 07911 123456,           +447911123456",
    "US, ＋１６５０２５３００００,      +16502530000",
  })
  void R23_numbersAreNormalisedByTheRulesOfTheCountry(
      String region, String written, String expected) {
    assertThat(Normalizer.normalize(Identity.of("tel", written), region))
        .contains(Identity.of("tel", expected));
  }

  @ParameterizedTest
  @CsvSource({
    "US, +16502530000, +16502530001",
    "DE, 030 123456,   +49 40 123456",
    "BR, 11 96123-4567, 21 96123-4567",
    "CN, 13800138000,  +1 380 013 8000",
  })
  void R23_differentNumbersStayDifferent(String region, String one, String other) {
    assertThat(Normalizer.normalize(Identity.of("tel", one), region))
        .isNotEqualTo(Normalizer.normalize(Identity.of("tel", other), region));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hello", "12", "+", "+999 123456", "123456789012345678", "ann@example.com"})
  void whatIsNoNumberIsNoIdentity(String written) {
    assertThat(Normalizer.normalize(Identity.of("tel", written), "US")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "XX", "Germany"})
  void withoutAKnownRegionOnlyInternationalNumbersAreUnderstood(String region) {
    assertThat(Normalizer.normalize(Identity.of("tel", "030 123456"), region)).isEmpty();
    assertThat(Normalizer.normalize(Identity.of("tel", "+49 30 123456"), region)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "Ann@Example.COM,          ann@example.com",
    "' ann@example.com ',      ann@example.com",
    "ann+tag@example.com,      ann+tag@example.com",
    "ÄNNE@example.com,         änne@example.com",
    "\"a@b\"@example.com,      \"a@b\"@example.com",
    "INFO@EXAMPLE.COM,         info@example.com",
  })
  void mailAddressesAreNormalised(String written, String expected) {
    assertThat(Normalizer.normalize(Identity.of("email", written), "US"))
        .contains(Identity.of("email", expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "ann@", "@example.com", "ann smith@example.com", "@"})
  void whatIsNoMailAddressIsNoIdentity(String written) {
    assertThat(Normalizer.normalize(Identity.of("email", written), "US")).isEmpty();
  }

  @Property
  void otherSchemesAreLeftAsTheyAre(@ForAll String value) {
    if (!value.isBlank()) {
      Identity identity = new Identity("telegram", "bot", value);
      assertThat(Normalizer.normalize(identity, "US")).contains(identity);
    }
  }

  @Property
  void whatIsNormalStaysAsItIs(@ForAll String value) {
    for (String scheme : new String[] {"tel", "email"}) {
      if (!value.isBlank()) {
        Normalizer.normalize(Identity.of(scheme, value), "US")
            .ifPresent(normal -> assertThat(Normalizer.normalize(normal, "CN")).contains(normal));
      }
    }
  }
}
