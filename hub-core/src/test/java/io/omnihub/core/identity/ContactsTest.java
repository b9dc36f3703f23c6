package io.omnihub.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.Claim;
import io.omnihub.api.model.Contact;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.ProofLevel;
import io.omnihub.api.model.Sender;
import io.omnihub.core.identity.Contacts.Known;
import io.omnihub.core.store.Ids;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.TestStores;
import io.omnihub.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("store")
class ContactsTest {
  private static final Identity TEL = Identity.of("tel", "+491701234567");
  private static final Identity MAIL = Identity.of("email", "ann@example.com");

  private static final List<ProofLevel> PROOFS = List.of(ProofLevel.values());

  @TempDir Path dir;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-05-01T12:00:00Z"));
  private final Contacts contacts = new Contacts("w", new Ids(clock), clock);
  private Store store;

  @BeforeEach
  void open() {
    store = TestStores.open(dir);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Known resolve(Identity identity, Claim... claims) {
    return store.write(
        tx -> contacts.resolve(tx, "a", "DE", new Sender(identity, "Ann", "de", List.of(claims))));
  }

  private Contact contact(Known known) {
    return store.read(tx -> contacts.contact(tx, known.contactId())).orElseThrow();
  }

  private List<String> having(Identity identity) {
    return store.read(tx -> contacts.having(tx, identity));
  }

  private static Identity chat(String id) {
    return Identity.of("telegram", id);
  }

  private static Claim claim(Identity identity, ProofLevel proof) {
    return new Claim(identity, proof);
  }

  @Test
  void R05_theSameSenderIsOneContactWhoeverComesFirst() throws InterruptedException {
    Set<String> found = ConcurrentHashMap.newKeySet();
    List<Thread> threads =
        IntStream.range(0, 50)
            .mapToObj(
                i -> Thread.startVirtualThread(() -> found.add(resolve(chat("1")).contactId())))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(found).hasSize(1);
    long identities = store.read(tx -> tx.number("SELECT count(*) FROM identity").orElseThrow());
    assertThat(identities).isEqualTo(1);
  }

  @Test
  void R22_theSameIdInTwoScopesIsTwoContacts() {
    Known one = resolve(new Identity("messenger", "page-1", "7"));
    Known two = resolve(new Identity("messenger", "page-2", "7"));
    assertThat(one.contactId()).isNotEqualTo(two.contactId());
    assertThat(two.created()).isTrue();
    assertThat(contact(one).identities().getFirst().value()).isEqualTo("page-1/7");
  }

  @Test
  void R20_whatIsOnlyClaimedNeverLinks() {
    Known ann = resolve(MAIL);
    Known claims = resolve(chat("1"), claim(MAIL, ProofLevel.CLAIMED));
    assertThat(claims.created()).isTrue();
    assertThat(claims.contactId()).isNotEqualTo(ann.contactId());
    assertThat(contact(claims).identities())
        .anySatisfy(
            listed -> {
              assertThat(listed.value()).isEqualTo("ann@example.com");
              assertThat(listed.verified()).isEqualTo(ProofLevel.CLAIMED);
              assertThat(listed.source()).isEqualTo("claim");
            });
    assertThat(having(MAIL)).containsExactly(ann.contactId(), claims.contactId());
  }

  @Test
  void R20_aClaimIsNotAnIdentityOfWhoeverComesLater() {
    Known claims = resolve(chat("1"), claim(MAIL, ProofLevel.CLAIMED));
    Known ann = resolve(MAIL);
    assertThat(ann.contactId()).isNotEqualTo(claims.contactId());
    Known again = resolve(chat("2"), claim(MAIL, ProofLevel.CLAIMED));
    assertThat(again.created()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(value = ProofLevel.class, names = "CLAIMED", mode = EnumSource.Mode.EXCLUDE)
  void whatIsProvenLinks(ProofLevel proof) {
    Known first = resolve(chat("1"), claim(Identity.of("tel", "0170 1234567"), proof));
    Known second = resolve(new Identity("whatsapp", "", "x"), claim(TEL, proof));
    assertThat(second.contactId()).isEqualTo(first.contactId());
    assertThat(second.created()).isFalse();
    assertThat(contact(first).identities())
        .extracting(Contact.KnownIdentity::scheme)
        .containsExactlyInAnyOrder("telegram", "tel", "whatsapp");
    assertThat(having(TEL)).containsExactly(first.contactId());
  }

  @Test
  void R21_proofsThatLeadToTwoContactsLinkToNone() {
    Known phone = resolve(TEL);
    Known mail = resolve(MAIL);
    Known third = resolve(chat("1"), claim(TEL, ProofLevel.PROVEN), claim(MAIL, ProofLevel.PROVEN));
    assertThat(third.created()).isTrue();
    assertThat(List.of(phone.contactId(), mail.contactId())).doesNotContain(third.contactId());
    assertThat(having(TEL)).containsExactly(phone.contactId());
    assertThat(having(MAIL)).containsExactly(mail.contactId());
  }

  @Test
  void aKnownIdentityIsNeverMovedByALaterProof() {
    Known ann = resolve(chat("1"));
    Known bob = resolve(TEL);
    Known again = resolve(chat("1"), claim(TEL, ProofLevel.PROVEN));
    assertThat(again.contactId()).isEqualTo(ann.contactId());
    assertThat(having(TEL)).containsExactly(bob.contactId());
  }

  @Test
  void aProofThatIsNoAddressIsOnlyAClaim() {
    Identity broken = Identity.of("tel", "call me");
    Known one = resolve(chat("1"), claim(broken, ProofLevel.SIGNED));
    Known two = resolve(chat("2"), claim(broken, ProofLevel.SIGNED));
    assertThat(two.contactId()).isNotEqualTo(one.contactId());
    assertThat(having(broken)).containsExactlyInAnyOrder(one.contactId(), two.contactId());
  }

  @RepeatedTest(10)
  void resolvingAgainChangesNothing(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Map<Identity, String> first = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      Identity sender =
          random.nextBoolean()
              ? chat("" + random.nextInt(10))
              : Identity.of("email", "m" + random.nextInt(5) + "@x.test");
      Claim[] claims =
          IntStream.range(0, random.nextInt(3))
              .mapToObj(
                  n ->
                      claim(
                          Identity.of("tel", "+4917012345" + (10 + random.nextInt(5))),
                          proof(random)))
              .toArray(Claim[]::new);
      Known known = resolve(sender, claims);
      Known again = resolve(sender, claims);
      assertThat(again).isEqualTo(new Known(known.identityId(), known.contactId(), false));
      assertThat(first.computeIfAbsent(sender, s -> known.contactId()))
          .as("a person stays")
          .isEqualTo(known.contactId());
    }
  }

  private static ProofLevel proof(Random random) {
    return PROOFS.get(random.nextInt(PROOFS.size()));
  }

  @Test
  void R26_aRenamedSenderIsTheSamePerson() {
    Known ann = resolve(chat("1"));
    boolean renamed = store.write(tx -> contacts.rename(tx, "a", chat("1"), chat("2")));
    assertThat(renamed).isTrue();
    assertThat(resolve(chat("2")).contactId()).isEqualTo(ann.contactId());
    assertThat(resolve(chat("1")).contactId())
        .as("the old id is an alias")
        .isEqualTo(ann.contactId());
  }

  @Test
  void R26_aRenameNeverTakesSomebodysIdentity() {
    Known ann = resolve(chat("1"));
    Known bob = resolve(chat("2"));
    boolean toAnother = store.write(tx -> contacts.rename(tx, "a", chat("1"), chat("2")));
    boolean fromNobody = store.write(tx -> contacts.rename(tx, "a", chat("8"), chat("9")));
    assertThat(List.of(toAnother, fromNobody)).containsOnly(false);
    assertThat(resolve(chat("1")).contactId()).isEqualTo(ann.contactId());
    assertThat(resolve(chat("2")).contactId()).isEqualTo(bob.contactId());
  }
}
