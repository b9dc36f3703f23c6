package io.omnihub.core.http.api;

import io.omnihub.api.model.Contact;
import io.omnihub.api.model.Identity;
import io.omnihub.core.identity.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** People. */
public final class ContactResource implements Resource {
  private static final Set<Role> READERS = Set.of(Role.ADMIN, Role.SUPERVISOR, Role.AGENT);

  private final Desk desk;

  public ContactResource(Desk desk) {
    this.desk = desk;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        new Operation("GET", "/contacts", READERS, this::list),
        new Operation("GET", "/contacts/:id", READERS, call -> Reply.ok(find(call.path("id")))),
        new Operation("PATCH", "/contacts/:id", READERS, this::change));
  }

  private Reply list(Call call) {
    String identity = call.query("identity");
    int limit = call.limit();
    return desk.store()
        .read(
            tx -> {
              List<String> ids =
                  identity.isEmpty()
                      ? desk.contacts().search(tx, call.query("q"), call.query("cursor"), limit)
                      : desk.contacts().having(tx, parse(identity));
              List<Contact> contacts = new ArrayList<>();
              for (String id : ids) {
                desk.contacts().contact(tx, id).ifPresent(contacts::add);
              }
              return Reply.ok(
                  identity.isEmpty()
                      ? Page.of(contacts, limit, Contact::id)
                      : new Page<>(contacts, null));
            });
  }

  private static Identity parse(String written) {
    try {
      // a plus sign in a query is a space to whoever decodes it as a form
      Identity identity =
          Identity.parse(written.startsWith("tel: ") ? written.replace("tel: ", "tel:+") : written);
      return Normalizer.normalize(identity, "US").orElse(identity);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("identity: " + e.getMessage());
    }
  }

  private Contact find(String id) {
    return desk.store()
        .read(tx -> desk.contacts().contact(tx, id))
        .orElseThrow(() -> Problem.notFound("contact"));
  }

  record Changes(String name, String language, Map<String, Object> attributes) {}

  private Reply change(Call call) {
    Contact contact = find(call.path("id"));
    Changes changes = call.json(Changes.class);
    desk.store()
        .write(
            tx -> {
              desk.contacts().describe(tx, contact.id(), changes.name(), changes.language());
              if (changes.attributes() != null) {
                desk.contacts().setAttributes(tx, contact.id(), changes.attributes());
              }
              return null;
            });
    return Reply.ok(find(contact.id()));
  }
}
