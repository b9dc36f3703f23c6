package io.omnihub.channel.email.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReplyTokensTest {
  private final ReplyTokens tokens = new ReplyTokens("first secret");

  @Test
  void aTokenNamesItsConversation() {
    for (int i = 0; i < 100; i++) {
      String id = UUID.randomUUID().toString();
      String token = tokens.sign(id);
      assertThat(token).matches("[a-z2-7]{42}");
      assertThat(tokens.verify(token)).contains(id);
      assertThat(tokens.verify(token.toUpperCase(Locale.ROOT))).contains(id);
    }
  }

  @Test
  void R33_aForgedTokenNamesNothing() {
    String token = tokens.sign(Mails.CONVERSATION);
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'a' ? 'b' : 'a';
      assertThat(tokens.verify(token.substring(0, i) + other + token.substring(i + 1))).isEmpty();
    }
    assertThat(new ReplyTokens("second secret").verify(token)).isEmpty();
    assertThat(tokens.verify("")).isEmpty();
    assertThat(tokens.verify("1!" + token)).isEmpty();
    assertThat(tokens.verify(token + token)).isEmpty();
  }

  @Test
  void theReplyAddressHoldsTheTokenAndFitsALocalPart() {
    String address = tokens.replyAddress("support@example.com", Mails.CONVERSATION);
    assertThat(address).startsWith("support+c_").endsWith("@example.com");
    assertThat(address.indexOf('@')).isLessThanOrEqualTo(64);
    assertThat(tokens.conversationIn(address)).contains(Mails.CONVERSATION);
  }

  @Test
  void anAddressWithoutRoomStaysAsItIs() {
    String address = "a-very-long-mailbox-name-of-ours@example.com";
    assertThat(tokens.replyAddress(address, Mails.CONVERSATION)).isEqualTo(address);
  }

  @Test
  void aBlankSecretIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ReplyTokens(" "));
  }
}
