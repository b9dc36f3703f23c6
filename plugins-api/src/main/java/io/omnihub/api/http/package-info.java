/** What HTTP answers and failures mean, the same for every connector. Sends nothing. */
package io.omnihub.api.http;
