package io.omnihub.channel.smpp;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.omnihub.api.model.Identity;
import io.omnihub.channel.smpp.pdu.Address;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses of SMPP as identities and as the hub writes numbers, and back. */
final class Numbers {
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern E164 = Pattern.compile("\\+\\d{5,15}");
  private static final int LONGEST_SHORT_CODE = 8;

  private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
  private final SmppConfig.Source source;
  private final String account;

  Numbers(SmppConfig.Source source, String account) {
    this.source = source;
    this.account = account;
  }

  /** Who wrote: a number of the world, or what only this message centre knows. */
  Identity identity(Address address) {
    String written = written(address);
    if (written.isBlank()) {
      return unknown();
    }
    return E164.matcher(written).matches()
        ? Identity.of("tel", written)
        : new Identity("sms", account, written);
  }

  /** Whose something is that does not tell. */
  Identity unknown() {
    return new Identity("sms", account, "unknown");
  }

  /**
   * Digits with a plus in E.164 where it is a telephone number, also when the message centre leaves
   * out the type of number; otherwise as it came.
   */
  String written(Address address) {
    String value = address.value().strip();
    String digits = value.startsWith("+") ? value.substring(1) : value;
    if (address.ton() == Address.ALPHANUMERIC || !DIGITS.matcher(digits).matches()) {
      return value;
    }
    if (address.ton() == Address.INTERNATIONAL || value.startsWith("+")) {
      return e164("+" + digits).orElse("+" + digits);
    }
    if (digits.length() <= 6 || address.ton() == Address.NETWORK_SPECIFIC) {
      return digits;
    }
    // in some countries a national number may begin as an international one of the same country
    boolean withCountry =
        address.ton() == Address.UNKNOWN
            && digits.startsWith(String.valueOf(numbers.getCountryCodeForRegion(source.region())));
    Optional<String> international = e164("+" + digits);
    return withCountry && international.isPresent()
        ? international.get()
        : e164(digits).or(() -> international).orElse(digits);
  }

  /** Where a message goes; empty when nothing can be sent to such an address. */
  Optional<Address> destination(String address) {
    if (E164.matcher(address).matches()) {
      return Optional.of(new Address(Address.INTERNATIONAL, Address.ISDN, address.substring(1)));
    }
    return DIGITS.matcher(address).matches() && address.length() <= 20
        ? Optional.of(new Address(Address.UNKNOWN, Address.ISDN, address))
        : Optional.empty();
  }

  /**
   * What a message comes from: the number that the customer wrote to, else that of the account.
   *
   * @param thread the number of ours that the conversation goes by, empty when none
   */
  Address source(String thread) {
    Address own = ofForm(source.address());
    own = new Address(source.ton().orElse(own.ton()), source.npi().orElse(own.npi()), own.value());
    boolean ours = thread.isEmpty() || thread.length() > 21 || thread.equals(written(own));
    return ours ? own : ofForm(thread);
  }

  private static Address ofForm(String address) {
    if (E164.matcher(address).matches()) {
      return new Address(Address.INTERNATIONAL, Address.ISDN, address.substring(1));
    }
    if (address.isEmpty()) {
      return new Address(Address.UNKNOWN, 0, "");
    }
    if (!DIGITS.matcher(address).matches()) {
      return new Address(Address.ALPHANUMERIC, 0, address);
    }
    return address.length() <= LONGEST_SHORT_CODE
        ? new Address(Address.NETWORK_SPECIFIC, 0, address)
        : new Address(Address.UNKNOWN, Address.ISDN, address);
  }

  private Optional<String> e164(String value) {
    try {
      PhoneNumber number = numbers.parse(value, source.region());
      return numbers.isValidNumber(number)
          ? Optional.of(numbers.format(number, PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }
}
