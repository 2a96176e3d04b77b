// Hands AliExpress's answer on to SmartLinks on the owner's computer. Keeps nothing, logs nothing.
// Deploy without a login check: supabase functions deploy aliexpress-callback --no-verify-jwt

const PASSED = ["code", "state", "error", "error_description"];

Deno.serve((request: Request) => {
  const given = new URL(request.url).searchParams;
  const passed = new URLSearchParams();
  for (const name of PASSED) {
    const value = given.get(name);
    if (value !== null) passed.set(name, value);
  }
  const headers = { "cache-control": "no-store", "referrer-policy": "no-referrer" };
  if (!passed.has("code") && !passed.has("error")) {
    return new Response("This address belongs to SmartLinks. Cette adresse appartient à SmartLinks.\n", { headers });
  }
  const location = `app.smartlinks.desktop:/aliexpress/callback?${passed}`;
  return new Response(null, { status: 302, headers: { ...headers, location } });
});
