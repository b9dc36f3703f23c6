package io.omnihub.channel.webchat;

import io.omnihub.api.model.Claim;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.ProofLevel;
import io.omnihub.api.model.Sender;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who sits at a browser.
 *
 * @param id 128 random bits in hex, or {@code user-} and the shop's user id when that is signed:
 *     one identity on all devices of a known user, and never that of an unknown one
 * @param user the shop's user id, empty when none was given
 * @param signed whether the shop vouches for the user id
 */
record Visitor(String id, String user, boolean signed, Profile profile) {
  static final String SCHEME = "webchat";

  private static final String SIGNED_PREFIX = "user-";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,189}");
  private static final Pattern PHONE = Pattern.compile("\\+\\d{6,15}");

  static Visitor unknown() {
    byte[] id = new byte[16];
    RANDOM.nextBytes(id);
    return new Visitor(HexFormat.of().formatHex(id), "", false, Profile.EMPTY);
  }

  static Visitor signedUser(String user) {
    return new Visitor(SIGNED_PREFIX + user, user, true, Profile.EMPTY);
  }

  /** The same visitor, who says that he is this user of the shop. */
  Visitor claiming(String claimedUser) {
    return new Visitor(id, claimedUser, signed, profile);
  }

  /** The same visitor, of whom more is known. */
  Visitor with(Profile newer) {
    return new Visitor(id, user, signed, profile.and(newer));
  }

  Identity identity(String account) {
    return new Identity(SCHEME, account, id);
  }

  Sender sender(String account) {
    return new Sender(identity(account), profile.name(), profile.language(), claims(account));
  }

  private List<Claim> claims(String account) {
    List<Claim> claims = new ArrayList<>();
    if (!user.isEmpty()) {
      ProofLevel proof = signed ? ProofLevel.SIGNED : ProofLevel.CLAIMED;
      claims.add(new Claim(new Identity("external", account, user), proof));
    }
    if (EMAIL.matcher(profile.email()).matches()) {
      claims.add(claimed("email", profile.email()));
    }
    String phone = profile.phone().replaceAll("[\\s().-]", "");
    if (PHONE.matcher(phone).matches()) {
      claims.add(claimed("tel", phone));
    }
    return claims;
  }

  private static Claim claimed(String scheme, String value) {
    int at = value.indexOf('@') + 1;
    String normal = value.substring(0, at) + value.substring(at).toLowerCase(Locale.ROOT);
    return new Claim(Identity.of(scheme, normal), ProofLevel.CLAIMED);
  }

  /** What the visitor or his page says about him; empty texts where nothing was said. */
  record Profile(String name, String email, String phone, String language, String page) {
    static final Profile EMPTY = new Profile("", "", "", "", "");

    private Profile and(Profile newer) {
      return new Profile(
          either(newer.name, name),
          either(newer.email, email),
          either(newer.phone, phone),
          either(newer.language, language),
          either(newer.page, page));
    }

    private static String either(String newer, String older) {
      return newer.isEmpty() ? older : newer;
    }
  }
}
