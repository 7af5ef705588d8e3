/**
 * The console: what people do with Tollkeeper in a browser. Its pages are in {@code src/main/resources/web}, and use the
 * public API alone; here is how they are served, and how somebody is signed in to them.
 * <ul>
 * <li>A page loads nothing from elsewhere, runs no script that is not a file of ours, and is in no frame.</li>
 * <li>A user's token is out of reach of the pages' scripts, and a session that was ended is ended on every replica.</li>
 * <li>What is no path of a page is no page: the API's unknown paths stay problems.</li>
 * </ul>
 */
package dev.tollkeeper.console;
