package io.omnihub.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** What every mode loads programs with. */
record Load(Vertx vertx, Arrivals arrivals, Peers peers, Updates updates) {

  static Load of(Options options) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    Arrivals arrivals = new Arrivals();
    return new Load(
        vertx,
        arrivals,
        new Peers(vertx, (chat, words) -> arrivals.arrived(words)),
        new Updates(options.number("people", 0)));
  }
}
