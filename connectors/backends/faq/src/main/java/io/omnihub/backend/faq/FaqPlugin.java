package io.omnihub.backend.faq;

import io.omnihub.api.config.ConfigSpec;
import io.omnihub.api.connector.Account;
import io.omnihub.api.connector.BackendConnector;
import org.apache.camel.RoutesBuilder;
import org.pf4j.Extension;

/**
 * Answers frequent questions from a YAML file and hands everything else to the next backend.
 *
 * <p>The knowledge file:
 *
 * <pre>{@code
 * entries:
 *   - id: returns                      # optional, unique; entry-N otherwise
 *     questions:                       # required: several ways to ask, in any languages
 *       - How do I return an item?
 *       - I want to send it back
 *       - 怎么退货
 *     answers:                         # or `answer: text`, the same for everyone
 *       en: Open the order and choose "Return".
 *       zh: 打开订单，选择“退货”。
 *     options:                         # optional labels of follow-up questions; a list, or by language
 *       en: ["When do I get my refund?"]
 *       zh: [退款多久到账]
 *     format: plain                    # or markdown
 *     tags: [returns]                  # optional, put on the conversation when the entry answers
 * }</pre>
 *
 * <p>An option comes back as a question, so its label should be one of the questions of an entry. A
 * person is answered in the language of the question, Chinese or English, where the entry has an
 * answer in it. The file is read again when it changes; a file that cannot be read leaves the old
 * knowledge in place.
 *
 * <p>Handoffs go to the next backend of the chain with one of the reasons {@code low-confidence},
 * {@code asked-for-human} and {@code no-text}.
 */
@Extension
public final class FaqPlugin implements BackendConnector {

  @Override
  public String name() {
    return "faq";
  }

  @Override
  public String description() {
    return "Answers frequent questions from a file and hands the rest over";
  }

  @Override
  public ConfigSpec config() {
    return FaqConfig.SPEC;
  }

  @Override
  public RoutesBuilder routes(Account account) {
    FaqConfig config = FaqConfig.from(account.settings());
    KnowledgeSource knowledge = new KnowledgeSource(config.knowledge(), account.clock());
    return new FaqRoutes(account.id(), new FaqBot(config, knowledge));
  }
}
