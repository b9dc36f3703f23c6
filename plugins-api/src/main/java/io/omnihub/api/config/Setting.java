package io.omnihub.api.config;

import java.util.List;

/**
 * One setting of a plugin.
 *
 * @param key lower case with dashes
 * @param fallback the value when it is not given, as it would be written; empty when there is none
 * @param sentence what it is for, in one sentence
 * @param allowed the values of a {@link SettingType#CHOICE}
 * @param section the settings inside of a {@link SettingType#SECTION}
 */
public record Setting(
    String key,
    SettingType type,
    boolean required,
    boolean secret,
    String fallback,
    String sentence,
    List<String> allowed,
    ConfigSpec section) {

  public Setting {
    allowed = List.copyOf(allowed);
  }
}
