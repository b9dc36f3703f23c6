package io.omnihub.channel.smpp;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.config.Secret;
import io.omnihub.api.config.SettingType;
import io.omnihub.api.config.Settings;
import io.omnihub.channel.smpp.text.DataCoding.DefaultAlphabet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;

/** The settings of one account. */
record SmppConfig(Server server, Login login, Source source, Sending sending, Receiving receiving) {

  static final ConfigSpec SPEC =
      ConfigSpec.builder()
          .required("host", SettingType.TEXT, "The message centre's name or address.")
          .withDefault("port", SettingType.INTEGER, "2775", "Its port.")
          .withDefault("tls", SettingType.FLAG, "false", "Whether the connection is TLS.")
          .optional(
              "trust", SettingType.TEXT, "A PEM file with certificates to trust besides, for tls.")
          .required("system-id", SettingType.TEXT, "The name to bind as.")
          .optionalSecret("password", "The password to bind with, at most 8 characters.")
          .optional("system-type", SettingType.TEXT, "The system_type, if the centre wants one.")
          .choice(
              "bind",
              "One connection for both directions, or a pair of a transmitter and a receiver.",
              "transceiver",
              "pair")
          .optional(
              "source-address",
              SettingType.TEXT,
              "The number or name that messages come from when the customer has not written to"
                  + " another one of the account's.")
          .optional(
              "source-ton",
              SettingType.INTEGER,
              "Type of number of the source address; without it as its form suggests.")
          .optional(
              "source-npi",
              SettingType.INTEGER,
              "Numbering plan of the source address; without it as its form suggests.")
          .withDefault(
              "window",
              SettingType.INTEGER,
              "10",
              "How many messages may wait for their answer at once, 1 to 1000.")
          .withDefault(
              "enquire-link",
              SettingType.DURATION,
              "30s",
              "After so long without a sound the centre is asked whether it is there.")
          .withDefault(
              "response-timeout",
              SettingType.DURATION,
              "10s",
              "How long the centre may take to answer.")
          .choice(
              "concatenation",
              "How long messages go out: in parts with a reference of 8 or 16 bits, or whole, as"
                  + " message_payload.",
              "8-bit",
              "16-bit",
              "payload")
          .choice("default-alphabet", "What the centre means by data_coding 0.", "gsm", "latin-1")
          .choice(
              "receipt-ids",
              "How receipts write the ids of messages, compared to the answers of the centre.",
              "auto",
              "same",
              "hex-to-decimal",
              "decimal-to-hex")
          .withDefault(
              "reassembly-timeout",
              SettingType.DURATION,
              "1h",
              "How long to wait for the missing parts of a long message.")
          .withDefault(
              "region",
              SettingType.TEXT,
              "US",
              "Home country (ISO 3166) of phone numbers without a country code.")
          .build();

  /** Where the message centre is. */
  record Server(String host, int port, boolean tls, String trust, Duration responseTimeout) {}

  /**
   * Who binds.
   *
   * @param pair whether by two connections, one for each direction
   */
  record Login(
      String systemId, Secret password, String systemType, boolean pair, Duration enquireLink) {}

  /** What messages come from; the address may be empty. */
  record Source(String address, OptionalInt ton, OptionalInt npi, String region) {}

  /** How messages go out. */
  record Sending(int window, Concatenation concatenation, DefaultAlphabet alphabet) {}

  /** How messages and receipts are understood. */
  record Receiving(DefaultAlphabet alphabet, ReceiptIds.Dialect ids, Duration reassemblyTimeout) {}

  /** How a text goes out that is longer than one short message. */
  enum Concatenation {
    NARROW,
    WIDE,
    PAYLOAD
  }

  /**
   * Reads checked settings.
   *
   * @throws IllegalArgumentException when they cannot be bound with
   */
  static SmppConfig of(Settings settings) {
    DefaultAlphabet alphabet =
        settings.text("default-alphabet").equals("latin-1")
            ? DefaultAlphabet.LATIN_1
            : DefaultAlphabet.GSM;
    SmppConfig config =
        new SmppConfig(
            new Server(
                settings.text("host"),
                settings.integer("port"),
                settings.flag("tls"),
                settings.text("trust"),
                settings.duration("response-timeout")),
            new Login(
                settings.text("system-id"),
                settings.secret("password"),
                settings.text("system-type"),
                settings.text("bind").equals("pair"),
                settings.duration("enquire-link")),
            new Source(
                settings.text("source-address").strip(),
                settings.optionalInteger("source-ton"),
                settings.optionalInteger("source-npi"),
                settings.text("region")),
            new Sending(
                settings.integer("window"),
                concatenation(settings.text("concatenation")),
                alphabet),
            new Receiving(
                alphabet,
                ReceiptIds.Dialect.of(settings.text("receipt-ids")),
                settings.duration("reassembly-timeout")));
    config.check();
    return config;
  }

  private static Concatenation concatenation(String word) {
    return switch (word) {
      case "16-bit" -> Concatenation.WIDE;
      case "payload" -> Concatenation.PAYLOAD;
      default -> Concatenation.NARROW;
    };
  }

  /** Limits of lengths after SMPP 3.4, section 4.1.1. */
  private void check() {
    atMost("system-id", login.systemId(), 15);
    atMost("password", login.password().reveal(), 8);
    atMost("system-type", login.systemType(), 12);
    atMost("source-address", source.address(), 20);
    between("port", server.port(), 1, 65_535);
    between("window", sending.window(), 1, 1000);
    between("source-ton", source.ton().orElse(0), 0, 255);
    between("source-npi", source.npi().orElse(0), 0, 255);
    atLeastASecond("enquire-link", login.enquireLink());
    positive("response-timeout", server.responseTimeout());
    positive("reassembly-timeout", receiving.reassemblyTimeout());
    if (!server.tls() && !server.trust().isEmpty()) {
      throw new IllegalArgumentException("trust: has no meaning without tls: true");
    }
  }

  private static void atMost(String key, String value, int length) {
    if (value.length() > length || !StandardCharsets.ISO_8859_1.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException(
          key + ": SMPP allows at most " + length + " characters, of Latin-1");
    }
  }

  private static void between(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(key + ": expected " + least + " to " + most);
    }
  }

  private static void atLeastASecond(String key, Duration value) {
    if (value.toMillis() < 1000) {
      throw new IllegalArgumentException(key + ": expected at least 1s");
    }
  }

  private static void positive(String key, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(key + ": expected more than nothing");
    }
  }
}
