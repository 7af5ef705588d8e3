/** How a program presents a key, in one language. */
export interface Snippet {
  language: string;
  code: string;
}

/** Asks who one is: the one call that every key may make. With the key itself only where it is on the screen. */
export function snippets(secret: string, base = location.origin): Snippet[] {
  const url = `${base}/api/auth/whoami`;
  return [
    {language: 'curl', code: `curl -H "Authorization: Bearer ${secret}" \\\n  ${url}`},
    {
      language: 'Python',
      code: `import requests

answer = requests.get(
    "${url}",
    headers={"Authorization": "Bearer ${secret}"},
    timeout=10,
)
answer.raise_for_status()
print(answer.json())`,
    },
    {
      language: 'JavaScript',
      code: `const answer = await fetch("${url}", {
  headers: {Authorization: "Bearer ${secret}"},
});
if (!answer.ok) throw new Error((await answer.json()).detail);
console.log(await answer.json());`,
    },
    {
      language: 'Java',
      code: `var request = HttpRequest.newBuilder(URI.create("${url}"))
    .header("Authorization", "Bearer ${secret}")
    .build();
var answer = HttpClient.newHttpClient()
    .send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(answer.body());`,
    },
    {
      language: 'Go',
      code: `request, _ := http.NewRequest("GET", "${url}", nil)
request.Header.Set("Authorization", "Bearer ${secret}")
answer, err := http.DefaultClient.Do(request)
if err != nil {
	log.Fatal(err)
}
defer answer.Body.Close()
io.Copy(os.Stdout, answer.Body)`,
    },
  ];
}
