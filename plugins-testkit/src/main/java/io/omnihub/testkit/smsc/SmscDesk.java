package io.omnihub.testkit.smsc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;

/** Takes what is submitted. Everything but submit_sm is refused as an invalid command. */
final class SmscDesk implements ServerMessageReceiverListener {
  private static final int INVALID_COMMAND = 0x03;
  private static final short PAYLOAD = 0x0424;

  private final SmscFaults faults;
  private final List<SubmittedSms> taken = new CopyOnWriteArrayList<>();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private volatile LongFunction<String> ids = number -> "msg-" + number;

  SmscDesk(SmscFaults faults) {
    this.faults = faults;
  }

  List<SubmittedSms> taken() {
    return List.copyOf(taken);
  }

  int mostAtOnce() {
    return mostAtOnce.get();
  }

  void ids(LongFunction<String> form) {
    ids = form;
  }

  @Override
  public SubmitSmResult onAcceptSubmitSm(SubmitSm sms, SMPPServerSession source)
      throws ProcessRequestException {
    int status = faults.status();
    if (status != 0) {
      throw new ProcessRequestException("as the test wants it", status);
    }
    String id = ids.apply(numbers.incrementAndGet());
    taken.add(
        new SubmittedSms(
            id,
            sms.getSourceAddrTon() + ":" + sms.getSourceAddr(),
            sms.getDestAddrTon() + ":" + sms.getDestAddress(),
            sms.getEsmClass() & 0xff,
            sms.getDataCoding() & 0xff,
            content(sms)));
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    faults.awaitRelease();
    atOnce.decrementAndGet();
    try {
      return new SubmitSmResult(new MessageId(id), new OptionalParameter[0]);
    } catch (PDUStringException e) {
      throw new IllegalStateException("a message id is at most 64 characters", e);
    }
  }

  private static byte[] content(SubmitSm sms) {
    OptionalParameter payload = sms.getOptionalParameter(PAYLOAD);
    return payload instanceof OptionalParameter.OctetString octets
        ? octets.getValue()
        : sms.getShortMessage();
  }

  @Override
  public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti sms, SMPPServerSession source)
      throws ProcessRequestException {
    throw refusal();
  }

  @Override
  public QuerySmResult onAcceptQuerySm(QuerySm sms, SMPPServerSession source)
      throws ProcessRequestException {
    throw refusal();
  }

  @Override
  public void onAcceptReplaceSm(ReplaceSm sms, SMPPServerSession source)
      throws ProcessRequestException {
    throw refusal();
  }

  @Override
  public void onAcceptCancelSm(CancelSm sms, SMPPServerSession source)
      throws ProcessRequestException {
    throw refusal();
  }

  @Override
  public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm sms, SMPPServerSession source)
      throws ProcessRequestException {
    throw refusal();
  }

  @Override
  public void onAcceptCancelBroadcastSm(CancelBroadcastSm sms, SMPPServerSession source)
      throws ProcessRequestException {
    throw refusal();
  }

  @Override
  public QueryBroadcastSmResult onAcceptQueryBroadcastSm(
      QueryBroadcastSm sms, SMPPServerSession source) throws ProcessRequestException {
    throw refusal();
  }

  @Override
  public DataSmResult onAcceptDataSm(DataSm sms, Session source) throws ProcessRequestException {
    throw refusal();
  }

  private static ProcessRequestException refusal() {
    return new ProcessRequestException("only submit_sm", INVALID_COMMAND);
  }
}
