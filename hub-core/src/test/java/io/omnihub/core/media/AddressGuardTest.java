package io.omnihub.core.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.1",
        "127.255.255.254",
        "2130706433",
        "0.0.0.0",
        "0",
        "0.1.2.3",
        "localhost",
        "10.0.0.1",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "192.168.255.255",
        "3232235777",
        "169.254.169.254",
        "169.254.0.1",
        "2852039166",
        "100.64.0.1",
        "100.127.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:a9fe:a9fe",
        "0:0:0:0:0:ffff:7f00:1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "fc00::1",
        "fd12:3456:789a::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1"
      })
  void R30_addressesInsideAreRefused(String host) {
    assertThatThrownBy(() -> new AddressGuard(false, "media.allow-private").resolve(host))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("media.allow-private")
        .hasMessageNotContaining(host.length() > 3 ? host : "no host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0x7f000001", "0177.0.0.1", "127.0.0.1.", "999.1.1.1", "[::1", "::1%nowhere", ""})
  void R30_oddWaysToWriteAnAddressLeadNowhereInside(String host) {
    try {
      for (InetAddress address : new AddressGuard(false, "media.allow-private").resolve(host)) {
        assertThat(AddressGuard.isInternal(address)).isFalse();
      }
    } catch (UnknownHostException refused) {
      assertThat(refused).hasMessageNotContaining("no such test");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1",
            "172.15.255.255",
        "172.32.0.1", "192.167.255.255", "192.169.0.1", "193.0.0.1", "198.17.0.1", "198.20.0.1",
            "223.255.255.255",
        "169.253.0.1", "134744072", "::ffff:8.8.8.8", "2606:4700::1111", "2a00:1450::1", "2003::1"
      })
  void addressesOutsideAreFine(String host) throws UnknownHostException {
    assertThat(new AddressGuard(false, "media.allow-private").resolve(host)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "::1", "169.254.169.254"})
  void insideIsFineWhereTheOperatorSaysSo(String host) throws UnknownHostException {
    assertThat(new AddressGuard(true, "media.allow-private").resolve(host)).hasSize(1);
  }
}
