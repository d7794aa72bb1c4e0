#!/bin/bash
# A certificate authority, and a certificate of it for a domain and all names below.
#
# usage: certificates.sh DOMAIN FOLDER [DAYS]
set -euo pipefail
domain=$1 days=${3:-20}
cd "$2"
new_key() { openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$1"; }

new_key authority-key.pem
openssl req -x509 -new -key authority-key.pem -subj '/CN=The authority of this proof' -days 30 \
  -addext 'basicConstraints=critical,CA:true' -addext 'keyUsage=critical,keyCertSign' -out authority.pem
new_key private-key.pem
openssl req -new -key private-key.pem -subj "/CN=$domain" -out request.pem
openssl x509 -req -in request.pem -CA authority.pem -CAkey authority-key.pem -CAcreateserial -days "$days" \
  -extfile <(printf 'subjectAltName=DNS:%s,DNS:*.%s' "$domain" "$domain" && printf ",DNS:*.%s.$domain" alice bob carol && printf '\nextendedKeyUsage=serverAuth\n') -out certificate.pem
