package io.omnihub.core.media;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves names only to addresses that the hub may call: none on this machine, in private networks
 * or on the link. It is the resolver of the client itself, so a name that answers differently the
 * second time gains nothing.
 */
public final class AddressGuard implements DnsResolver {
  private final boolean allowPrivate;
  private final String setting;

  /**
   * A guard.
   *
   * @param setting which setting allows internal addresses, for the message
   */
  public AddressGuard(boolean allowPrivate, String setting) {
    this.allowPrivate = allowPrivate;
    this.setting = setting;
  }

  /** The name leads to an address that the hub does not call. */
  public static final class ForbiddenException extends UnknownHostException {
    ForbiddenException(String message) {
      super(message);
    }
  }

  /** Whether a name leads to such an address now; one that leads nowhere does not. */
  public boolean refuses(String host) {
    try {
      resolve(host);
      return false;
    } catch (ForbiddenException e) {
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    for (InetAddress address : addresses) {
      if (!allowPrivate && isInternal(address)) {
        throw new ForbiddenException(
            "address is not allowed (set " + setting + " for internal servers)");
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  static boolean isInternal(InetAddress address) {
    return address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || (address instanceof Inet4Address four && isInternal(four.getAddress()))
        || (address instanceof Inet6Address six && isInternalSix(six.getAddress()));
  }

  /** Shared address space, this network, benchmarking, documentation, reserved (RFC 6890). */
  private static boolean isInternal(byte[] four) {
    int first = four[0] & 0xFF;
    int second = four[1] & 0xFF;
    int third = four[2] & 0xFF;
    return first == 0
        || first >= 240
        || (first == 100 && second >= 64 && second < 128)
        || (first == 192 && second == 0 && (third == 0 || third == 2))
        || (first == 192 && second == 88 && third == 99)
        || (first == 198 && (second == 18 || second == 19))
        || (first == 198 && second == 51 && third == 100)
        || (first == 203 && second == 0 && third == 113);
  }

  /** Unique local addresses, and those that carry an IPv4 address inside. */
  private static boolean isInternalSix(byte[] six) {
    boolean uniqueLocal = (six[0] & 0xFE) == 0xFC;
    boolean translated =
        six[0] == 0 && six[1] == 0x64 && (six[2] & 0xFF) == 0xFF && (six[3] & 0xFF) == 0x9B;
    boolean sixToFour = six[0] == 0x20 && six[1] == 0x02;
    boolean documentation =
        six[0] == 0x20 && six[1] == 0x01 && six[2] == 0x0D && (six[3] & 0xFF) == 0xB8;
    boolean teredo = six[0] == 0x20 && six[1] == 0x01 && six[2] == 0 && six[3] == 0;
    boolean discard = six[0] == 0x01 && six[1] == 0;
    boolean lowest = true;
    for (int i = 0; i < 8; i++) {
      lowest &= six[i] == 0;
    }
    return uniqueLocal || translated || sixToFour || documentation || teredo || discard || lowest;
  }
}
