package io.omnihub.core.config;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.config.SettingType;

/** What each section of the file may hold. */
final class Sections {
  static final ConfigSpec SERVER =
      ConfigSpec.builder()
          .withDefault("host", SettingType.TEXT, "127.0.0.1", "Address on which the hub listens.")
          .withDefault(
              "port",
              SettingType.INTEGER,
              "8080",
              "Port on which the hub listens; 0 takes a free one.")
          .optional(
              "public-url",
              SettingType.ADDRESS,
              "Address at which providers and browsers reach the hub.")
          .withDefault(
              "drain",
              SettingType.DURATION,
              "20s",
              "How long an orderly end may take to finish what is under way.")
          .build();
  static final ConfigSpec STORE =
      ConfigSpec.builder()
          .withDefault(
              "url",
              SettingType.TEXT,
              "jdbc:sqlite:data/omnihub.db",
              "The database: jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE.")
          .optional("user", SettingType.TEXT, "User of the database.")
          .optionalSecret("password", "Password of the database.")
          .build();
  static final ConfigSpec MEDIA =
      ConfigSpec.builder()
          .withDefault(
              "path", SettingType.TEXT, "data/media", "Folder in which attachments are kept.")
          .withDefault("max-size", SettingType.SIZE, "25MiB", "Larger attachments are not kept.")
          .withDefault(
              "allow-private",
              SettingType.FLAG,
              "false",
              "Whether media may be fetched from loopback and private addresses.")
          .build();

  static final ConfigSpec SUBSCRIPTIONS =
      ConfigSpec.builder()
          .withDefault(
              "allow-private",
              SettingType.FLAG,
              "false",
              "Whether subscribers may be on loopback and private addresses.")
          .build();

  /** Settings that every channel account has besides those of its plugin. */
  static final ConfigSpec EVERY_CHANNEL =
      ConfigSpec.builder()
          .withDefault(
              "region",
              SettingType.TEXT,
              "US",
              "Home country (ISO 3166) of phone numbers without a country code.")
          .optional(
              "language", SettingType.TEXT, "Language of people who write here, as a BCP 47 tag.")
          .optionalChoice(
              "conversation",
              "One conversation a contact or one a thread; the channel knows what is usual.",
              "contact",
              "thread")
          .choice(
              "on-unknown",
              "What happens to a message of which it is not known whether it was sent.",
              "hold",
              "retry")
          .section("rate", false, "How much may be sent.", Rate.SPEC)
          .build();

  /** Settings that every backend has besides those of its plugin. */
  static final ConfigSpec EVERY_BACKEND =
      ConfigSpec.builder()
          .withDefault(
              "settle",
              SettingType.DURATION,
              "300ms",
              "Pause in a person's messages before the backend is asked.")
          .withDefault(
              "patience",
              SettingType.DURATION,
              "30s",
              "How long a failing backend is tried before the next takes over.")
          .build();

  /** The desk is built in: its conversations wait for agents in a queue. */
  static final ConfigSpec DESK =
      ConfigSpec.builder()
          .optional(
              "queues",
              SettingType.TEXTS,
              "Names of the queues; the first takes what is handed to the desk.")
          .build();

  private Sections() {}
}
