-- Last uses are written over and over. With room on the page a row's next version stays there, and no index is touched.
ALTER TABLE api_key SET (fillfactor = 80);
