package io.omnihub.core.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.omnihub.api.model.Claim;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.ProofLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Brings the value of an identity to the one form under which it is compared. */
public final class Normalizer {
  private Normalizer() {}

  /**
   * The normal form.
   *
   * @param region home country (ISO 3166) of numbers without a country code
   * @return empty when the value cannot be an identity of its scheme
   */
  public static Optional<Identity> normalize(Identity identity, String region) {
    return switch (identity.scheme()) {
      case "tel" -> phone(identity.value(), region).map(number -> Identity.of("tel", number));
      case "email" -> mail(identity.value()).map(address -> Identity.of("email", address));
      default -> Optional.of(identity);
    };
  }

  private static Optional<String> phone(String value, String region) {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    try {
      PhoneNumber number = numbers.parse(value, region);
      return numbers.isValidNumber(number)
          ? Optional.of(numbers.format(number, PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> mail(String value) {
    String address = value.strip().toLowerCase(Locale.ROOT);
    int at = address.lastIndexOf('@');
    return at > 0
            && at < address.length() - 1
            && address.chars().noneMatch(c -> c <= ' ' || c == 127)
        ? Optional.of(address)
        : Optional.empty();
  }

  /** Claims in their normal form; what has none is only claimed. */
  static List<Claim> claims(List<Claim> claims, String region) {
    List<Claim> normal = new ArrayList<>();
    for (Claim claim : claims) {
      normalize(claim.identity(), region)
          .ifPresentOrElse(
              identity -> normal.add(new Claim(identity, claim.proof())),
              () -> normal.add(new Claim(claim.identity(), ProofLevel.CLAIMED)));
    }
    return normal;
  }
}
