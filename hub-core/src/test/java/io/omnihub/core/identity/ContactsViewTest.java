package io.omnihub.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.omnihub.api.model.Claim;
import io.omnihub.api.model.Contact;
import io.omnihub.api.model.Identity;
import io.omnihub.api.model.ProofLevel;
import io.omnihub.api.model.Sender;
import io.omnihub.core.store.Ids;
import io.omnihub.core.store.Store;
import io.omnihub.core.store.TestStores;
import io.omnihub.core.store.Transaction;
import io.omnihub.testkit.ManualClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("store")
class ContactsViewTest {
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

  private interface Step {
    void run(Transaction tx) throws SQLException;
  }

  private void write(Step step) {
    store.write(
        tx -> {
          step.run(tx);
          return null;
        });
  }

  private String person(String id, String name, Claim... claims) {
    Sender sender = new Sender(Identity.of("telegram", id), name, "", List.of(claims));
    String contact = store.write(tx -> contacts.resolve(tx, "bot-1", "DE", sender)).contactId();
    clock.advance(Duration.ofSeconds(1));
    return contact;
  }

  private Contact contact(String id) {
    return store.read(tx -> contacts.contact(tx, id)).orElseThrow();
  }

  private List<String> search(String words, String before, int limit) {
    return store.read(tx -> contacts.search(tx, words, before, limit));
  }

  @Test
  void aNameIsLearntOnceAndNotOverwritten() {
    String ann = person("1", "");
    assertThat(contact(ann).name()).isEmpty();
    person("1", "Ann");
    person("1", "Annie");
    assertThat(contact(ann).name()).isEqualTo("Ann");
    write(tx -> contacts.describe(tx, ann, "Ann Smith", null));
    person("1", "Ann");
    assertThat(contact(ann).name()).isEqualTo("Ann Smith");
    write(tx -> contacts.describe(tx, ann, null, "de"));
    assertThat(contact(ann).name()).isEqualTo("Ann Smith");
    assertThat(contact(ann).language()).isEqualTo("de");
  }

  @Test
  void identitiesAreListedInTheOrderInWhichTheyCame() {
    String ann = person("1", "Ann");
    person("1", "Ann", new Claim(Identity.of("tel", "0170 1234567"), ProofLevel.PROVEN));
    person("1", "Ann", new Claim(Identity.of("email", "Ann@X.test"), ProofLevel.CLAIMED));
    assertThat(contact(ann).identities())
        .extracting(
            known ->
                known.scheme()
                    + " "
                    + known.value()
                    + " "
                    + known.verified()
                    + " "
                    + known.account())
        .containsExactly(
            "telegram 1 ASSERTED bot-1",
            "tel +491701234567 PROVEN bot-1",
            "email ann@x.test CLAIMED bot-1");
  }

  @Test
  void attributesAreSetAndRemoved() {
    String ann = person("1", "Ann");
    write(
        tx ->
            contacts.setAttributes(
                tx, ann, Map.of("plan", "gold", "age", 7, "tags", List.of("a", "b"))));
    write(
        tx ->
            contacts.setAttributes(tx, ann, new HashMap<>(Collections.singletonMap("plan", null))));
    write(tx -> contacts.setAttributes(tx, "nobody", Map.of("plan", "gold")));
    assertThat(contact(ann).attributes()).isEqualTo(Map.of("age", 7, "tags", List.of("a", "b")));
    assertThat(store.read(tx -> contacts.contact(tx, "nobody")).stream()).isEmpty();
  }

  @Test
  void contactsAreFoundByPartsOfTheirName() {
    String ann = person("1", "Ann Smith");
    String joanne = person("2", "Joanne");
    person("3", "Bob");
    assertThat(search("ANN", "", 10)).containsExactly(joanne, ann);
    assertThat(search("smith", "", 10)).containsExactly(ann);
    assertThat(search("x' OR '1'='1", "", 10)).isEmpty();
    assertThat(search("", "", 10)).hasSize(3);
  }

  @Test
  void contactsArePaged() {
    List<String> newestFirst = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      newestFirst.addFirst(person("p" + i, "Person " + i));
    }
    List<String> seen = new ArrayList<>();
    List<String> page = search("person", "", 10);
    while (!page.isEmpty()) {
      seen.addAll(page);
      page = search("person", seen.getLast(), 10);
    }
    assertThat(seen).isEqualTo(newestFirst);
  }

  @Test
  void anAccountsOwnIdentityIsPreferredToWriteTo() {
    Claim tel = new Claim(Identity.of("tel", "+491701234567"), ProofLevel.PROVEN);
    String ann = person("1", "Ann", tel);
    assertThat(onAccount(ann, "bot-1", "telegram")).contains("telegram:1");
    assertThat(onAccount(ann, "sms", "tel")).contains("tel:+491701234567");
    assertThat(onAccount(ann, "mail", "email")).isEmpty();
  }

  private Optional<String> onAccount(String contact, String account, String scheme) {
    return store
        .read(tx -> contacts.onAccount(tx, contact, account, scheme))
        .map(row -> row.identity().toString());
  }

  @Test
  void reachabilityIsRemembered() {
    Identity chat = Identity.of("telegram", "1");
    person("1", "Ann");
    for (boolean reachable : new boolean[] {false, true}) {
      write(tx -> contacts.setReachable(tx, chat, reachable));
      Contacts.IdentityRow row = store.read(tx -> contacts.find(tx, chat)).orElseThrow();
      assertThat(row.reachable()).isEqualTo(reachable);
      assertThat(store.read(tx -> contacts.findById(tx, row.id())).stream()).containsExactly(row);
    }
  }

  @Test
  void anotherWorkspaceSeesNothing() {
    String ann = person("1", "Ann");
    Contacts others = new Contacts("other", new Ids(clock), clock);
    assertThat(store.read(tx -> others.contact(tx, ann)).stream()).isEmpty();
    assertThat(store.read(tx -> others.find(tx, Identity.of("telegram", "1"))).stream()).isEmpty();
    assertThat(store.read(tx -> others.having(tx, Identity.of("telegram", "1"))).stream())
        .isEmpty();
    assertThat(store.read(tx -> others.search(tx, "", "", 10)).stream()).isEmpty();
  }
}
