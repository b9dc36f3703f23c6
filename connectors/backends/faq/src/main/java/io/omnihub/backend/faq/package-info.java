/**
 * A bot that answers from a file of questions and answers. It reads one knowledge file and the
 * words of a turn, and writes replies or handoffs; it never asks the network, never learns from
 * what people say, and keeps no state but the index of its file.
 */
package io.omnihub.backend.faq;
