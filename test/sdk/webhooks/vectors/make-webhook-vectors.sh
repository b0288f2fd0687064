#!/bin/sh
# Makes webhook-vectors.json with openssl alone, so that nothing of the SDK is in it:
#
#   sh test/sdk/webhooks/vectors/make-webhook-vectors.sh > test/sdk/webhooks/vectors/webhook-vectors.json
#
# What is signed is written out by hand, below each body: for JSON the URL and the body, for a form
# the URL and each decoded name and value, sorted by name. The keys are made up.
set -eu
export LC_ALL=C

KEY="PSK_first_0123456789abcdef"
OTHER_KEY="PSK_second_fedcba9876543210"

hex() { # digest key text
  printf '%s' "$3" | openssl dgst "-$1" -hmac "$2" -r | cut -d ' ' -f 1
}
base64_of() { # digest key text
  printf '%s' "$3" | openssl dgst "-$1" -hmac "$2" -binary | openssl base64 -A
}
quote() {
  printf '"%s"' "$(printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g')"
}
separator=""
vector() { # name url body header signature key
  printf '%s\n  {\n' "$separator"
  printf '    "name": %s,\n    "url": %s,\n    "body": %s,\n' "$(quote "$1")" "$(quote "$2")" "$(quote "$3")"
  printf '    "header": %s,\n    "signature": %s,\n    "key": %s\n  }' "$(quote "$4")" "$(quote "$5")" "$(quote "$6")"
  separator=","
}

SHA256_HEADER="x-signalwire-sha256-signature"
SHA1_HEADER="x-signalwire-signature"
TWILIO_HEADER="x-twilio-signature"

printf '['

# JSON: hex, over URL and raw body
url="https://hooks.example.com/record?tenant=1"
body='{"event_type":"calling.call.record","params":{"state":"finished","note":"\"a\" \\ b"}}'
vector "JSON, SHA-256" "$url" "$body" "$SHA256_HEADER" "$(hex sha256 "$KEY" "$url$body")" "$KEY"
vector "JSON, SHA-1" "$url" "$body" "$SHA1_HEADER" "$(hex sha1 "$KEY" "$url$body")" "$KEY"
vector "JSON, SHA-1, under Twilio's header" "$url" "$body" "$TWILIO_HEADER" "$(hex sha1 "$KEY" "$url$body")" "$KEY"
vector "JSON, by the other key" "$url" "$body" "$SHA256_HEADER" "$(hex sha256 "$OTHER_KEY" "$url$body")" "$OTHER_KEY"
body='{ "event_type": "calling.call.record", "params": { "note": "Grüße, 世界 👋" } }'
vector "JSON, non-ASCII and spaces" "$url" "$body" "$SHA256_HEADER" "$(hex sha256 "$KEY" "$url$body")" "$KEY"

# form: base64, over URL and sorted names and values
url="https://hooks.example.com/sms"
body='NumMedia=1&AccountSid=5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6a&From=%2B15550100001&Body=a+b%20c&Empty='
signed="${url}AccountSid5c9f5a2e-8b1d-4c57-9d43-1f2e3d4c5b6aBodya b cEmptyFrom+15550100001NumMedia1"
vector "form, SHA-256" "$url" "$body" "$SHA256_HEADER" "$(base64_of sha256 "$KEY" "$signed")" "$KEY"
vector "form, SHA-1" "$url" "$body" "$SHA1_HEADER" "$(base64_of sha1 "$KEY" "$signed")" "$KEY"
vector "form, SHA-1, under Twilio's header" "$url" "$body" "$TWILIO_HEADER" "$(base64_of sha1 "$KEY" "$signed")" "$KEY"

body='Body=Gr%C3%BC%C3%9Fe%2C+%E4%B8%96%E7%95%8C+%F0%9F%91%8B%26%3D&AccountSid=a'
signed="${url}AccountSidaBodyGrüße, 世界 👋&="
vector "form, non-ASCII" "$url" "$body" "$TWILIO_HEADER" "$(base64_of sha1 "$KEY" "$signed")" "$KEY"

# names sort by their bytes: upper case, then lower case, and MediaUrl10 before MediaUrl2
body='b=1&a=2&B=3&MediaUrl2=4&MediaUrl10=5&CallSid=c'
signed="${url}B3CallSidcMediaUrl105MediaUrl24a2b1"
vector "form, order of names" "$url" "$body" "$TWILIO_HEADER" "$(base64_of sha1 "$KEY" "$signed")" "$KEY"

# the same name more than once: the platform's libraries keep what was sent, Twilio's sort and dedupe
body='To=b&To=a&CallSid=c&To=b'
vector "form, repeated name, as sent" "$url" "$body" "$TWILIO_HEADER" "$(base64_of sha1 "$KEY" "${url}CallSidcTobToaTob")" "$KEY"
vector "form, repeated name, sorted, each once" "$url" "$body" "$TWILIO_HEADER" "$(base64_of sha1 "$KEY" "${url}CallSidcToaTob")" "$KEY"

# the default port: in the URL, signed without; not in the URL, signed with; and for http
body='CallSid=c'
vector "port in the URL, signed without" "https://hooks.example.com:443/sms?x=1" "$body" "$SHA1_HEADER" \
  "$(base64_of sha1 "$KEY" "https://hooks.example.com/sms?x=1CallSidc")" "$KEY"
vector "no port in the URL, signed with" "https://hooks.example.com/sms?x=1" "$body" "$SHA1_HEADER" \
  "$(base64_of sha1 "$KEY" "https://hooks.example.com:443/sms?x=1CallSidc")" "$KEY"
vector "no port in the http URL, signed with" "http://hooks.example.com/sms" "$body" "$SHA1_HEADER" \
  "$(base64_of sha1 "$KEY" "http://hooks.example.com:80/smsCallSidc")" "$KEY"
vector "another port, signed with it" "https://hooks.example.com:8443/sms" "$body" "$SHA1_HEADER" \
  "$(base64_of sha1 "$KEY" "https://hooks.example.com:8443/smsCallSidc")" "$KEY"
body='{"a":1}'
vector "JSON, no port in the URL, signed with" "https://hooks.example.com/x" "$body" "$SHA256_HEADER" \
  "$(hex sha256 "$KEY" "https://hooks.example.com:443/x$body")" "$KEY"

# bodySHA256 in the query: JSON signed by the URL that holds its hash, or by URL and body
hash="$(printf '%s' "$body" | openssl dgst -sha256 -r | cut -d ' ' -f 1)"
url="https://hooks.example.com/x?tenant=1&bodySHA256=$hash"
vector "bodySHA256, the URL alone signed" "$url" "$body" "$TWILIO_HEADER" "$(base64_of sha1 "$KEY" "$url")" "$KEY"
vector "bodySHA256, URL and body signed" "$url" "$body" "$SHA256_HEADER" "$(hex sha256 "$KEY" "$url$body")" "$KEY"
body='CallSid=c'
hash="$(printf '%s' "$body" | openssl dgst -sha256 -r | cut -d ' ' -f 1)"
url="https://hooks.example.com/x?bodySHA256=$hash"
vector "bodySHA256, URL and parameters signed" "$url" "$body" "$SHA1_HEADER" "$(base64_of sha1 "$KEY" "${url}CallSidc")" "$KEY"

# a callback by GET: no body, the parameters in the query
url="https://hooks.example.com/sms?CallSid=c&From=%2B15550100001"
vector "GET" "$url" "" "$SHA1_HEADER" "$(base64_of sha1 "$KEY" "$url")" "$KEY"

printf '\n]\n'
