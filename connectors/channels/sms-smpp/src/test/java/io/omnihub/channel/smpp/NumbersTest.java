package io.omnihub.channel.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.channel.smpp.pdu.Address;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "1,4915112345678,tel:+4915112345678",
    "0,4915112345678,tel:+4915112345678",
    "2,015112345678,tel:+4915112345678",
    "0,015112345678,tel:+4915112345678",
    "0,+4915112345678,tel:+4915112345678",
    "0,004915112345678,tel:+4915112345678",
    "0,72345,sms:acc/72345",
    "3,12345678,sms:acc/12345678",
    "5,ExampleBank,sms:acc/ExampleBank",
    "1,999999999999,tel:+999999999999"
  })
  void sendersAreNumbersOfTheWorldWhereTheyCanBe(int ton, String value, String identity) {
    assertThat(numbers("").identity(new Address(ton, 1, value))).hasToString(identity);
  }

  @Test
  void aMissingSenderIsUnknown() {
    assertThat(numbers("").identity(new Address(0, 0, ""))).hasToString("sms:acc/unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "+4930123456,1,1,4930123456",
    "72345,3,0,72345",
    "ExampleShop,5,0,ExampleShop",
    "030123456789,0,1,030123456789"
  })
  void theSourceIsAsItsFormSuggests(String written, int ton, int npi, String value) {
    assertThat(numbers(written).source("")).isEqualTo(new Address(ton, npi, value));
  }

  @Test
  void settingsOverrideTheForm() {
    SmppConfig.Source source =
        new SmppConfig.Source("72345", OptionalInt.of(6), OptionalInt.of(9), "DE");
    assertThat(new Numbers(source, "acc").source("72345")).isEqualTo(new Address(6, 9, "72345"));
  }

  @Test
  void R60_anAnswerComesFromTheNumberThatWasWrittenTo() {
    Numbers numbers = numbers("+4930123456");
    assertThat(numbers.source("+4930777777")).isEqualTo(new Address(1, 1, "4930777777"));
  }

  @Test
  void nothingIsSentToNames() {
    assertThat(numbers("").destination("ExampleBank")).isEmpty();
    assertThat(numbers("").destination("+4915112345678"))
        .contains(new Address(1, 1, "4915112345678"));
    assertThat(numbers("").destination("72345")).contains(new Address(0, 1, "72345"));
  }

  private static Numbers numbers(String source) {
    return new Numbers(
        new SmppConfig.Source(source, OptionalInt.empty(), OptionalInt.empty(), "DE"), "acc");
  }
}
