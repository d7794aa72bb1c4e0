//! A registry of images, as the OCI distribution specification and Docker's token authentication have it:
//! <https://github.com/opencontainers/distribution-spec/blob/main/spec.md>,
//! <https://distribution.github.io/distribution/spec/auth/token/>.

use std::process::Command;

use serde_json::Value;

/// How many pages of tags are read: a registry that goes on for ever is not asked for ever.
const PAGES: usize = 200;

/// What describes an image of several architectures.
const INDEXES: [&str; 2] = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
];

/// A repository of a registry, with the anonymous permission to read it.
pub(super) struct Repository<'a> {
    registry: &'a str,
    name: &'a str,
    authorization: Option<String>,
}

struct Answer {
    status: u64,
    headers: Value,
    body: String,
}

impl<'a> Repository<'a> {
    /// The repository of this name, as `library/traefik`, of a registry at this address.
    pub(super) fn open(registry: &'a str, name: &'a str) -> Result<Self, String> {
        let mut repository = Self {
            registry,
            name,
            authorization: None,
        };
        let tags = repository.url("tags/list");
        let answer = send("GET", &tags, &[])?;
        if answer.status == 401 {
            let challenge = answer.header("www-authenticate").unwrap_or_default();
            let Some(url) = token_url(challenge) else {
                return Err(format!(
                    "{tags}: it asks for a login of another kind: {challenge}"
                ));
            };
            let answer = send("GET", &url, &[])?.good(&url)?;
            let json = answer.json(&url)?;
            let token = ["token", "access_token"]
                .iter()
                .find_map(|name| json[name].as_str());
            let token = token.ok_or_else(|| format!("{url}: the answer holds no token"))?;
            repository.authorization = Some(format!("Authorization: Bearer {token}"));
        }
        Ok(repository)
    }

    /// All its tags.
    pub(super) fn tags(&self) -> Result<Vec<String>, String> {
        let mut tags = Vec::new();
        let mut url = self.url("tags/list?n=1000");
        for _ in 0..PAGES {
            let answer = self.send("GET", &url, &[])?;
            let json = answer.json(&url)?;
            let page = json["tags"].as_array().map(Vec::as_slice);
            let page = page.unwrap_or_default().iter();
            tags.extend(page.filter_map(Value::as_str).map(str::to_owned));
            match answer.header("link").and_then(next_page) {
                Some(path) if path.starts_with('/') => url = format!("{}{path}", self.registry),
                Some(next) => next.clone_into(&mut url),
                None => break,
            }
        }
        Ok(tags)
    }

    /// The digest of a tag: that of the index of all architectures.
    pub(super) fn digest(&self, tag: &str) -> Result<String, String> {
        let url = self.url(&format!("manifests/{tag}"));
        let answer = self.send("HEAD", &url, &[&format!("Accept: {}", INDEXES.join(", "))])?;
        let kind = answer.header("content-type").unwrap_or_default();
        if !INDEXES.contains(&kind) {
            return Err(format!(
                "{url}: this is no index of architectures, but {kind:?}"
            ));
        }
        let digest = answer.header("docker-content-digest");
        let digest = digest.ok_or_else(|| format!("{url}: the answer has no digest"))?;
        Ok(digest.to_owned())
    }

    fn url(&self, path: &str) -> String {
        format!("{}/v2/{}/{path}", self.registry, self.name)
    }

    fn send(&self, method: &str, url: &str, headers: &[&str]) -> Result<Answer, String> {
        let headers = headers.iter().copied().chain(self.authorization.as_deref());
        send(method, url, &headers.collect::<Vec<_>>())?.good(url)
    }
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers[name].as_str()
    }

    fn json(&self, url: &str) -> Result<Value, String> {
        serde_json::from_str(&self.body).map_err(|error| format!("{url}: no JSON: {error}"))
    }

    fn good(self, url: &str) -> Result<Self, String> {
        match self.status {
            200..300 => Ok(self),
            status => Err(format!("{url}: the registry answers {status}")),
        }
    }
}

fn send(method: &str, url: &str, headers: &[&str]) -> Result<Answer, String> {
    let output = Command::new("python3")
        .args(["-c", include_str!("../fetch.py"), method, url])
        .args(headers)
        .output()
        .map_err(|error| format!("python3 is needed to ask a registry: {error}"))?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{url} is not reached: {}", why.trim()));
    }
    let answer: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("{url}: no answer: {error}"))?;
    Ok(Answer {
        status: answer["status"].as_u64().unwrap_or_default(),
        headers: answer["headers"].clone(),
        body: answer["body"].as_str().unwrap_or_default().to_owned(),
    })
}

/// Where a token is had: `Bearer realm="https://…",service="…",scope="repository:…:pull"`.
fn token_url(challenge: &str) -> Option<String> {
    let parameters = challenge.strip_prefix("Bearer ")?;
    let value = |name: &str| {
        let (_, rest) = parameters.split_once(&format!("{name}=\""))?;
        rest.split('"').next()
    };
    let query: Vec<String> = ["service", "scope"]
        .into_iter()
        .filter_map(|name| Some(format!("{name}={}", value(name)?)))
        .collect();
    Some(format!("{}?{}", value("realm")?, query.join("&")))
}

/// What follows: `</v2/…?last=…>; rel="next"` (RFC 8288).
fn next_page(link: &str) -> Option<&str> {
    let (target, parameters) = link.split_once('>')?;
    let is_next = parameters.contains("rel=\"next\"") || parameters.contains("rel=next");
    target.strip_prefix('<').filter(|_| is_next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_says_where_a_token_is_had() {
        let challenge =
            r#"Bearer realm="https://x.com/token",service="x.com",scope="repository:a/b:pull""#;
        assert_eq!(
            token_url(challenge).as_deref(),
            Some("https://x.com/token?service=x.com&scope=repository:a/b:pull")
        );
        assert_eq!(token_url("Basic realm=\"x\""), None);
    }

    #[test]
    fn a_link_leads_to_the_next_page() {
        let next = "</v2/a/tags/list?last=1&n=2>; rel=\"next\"";
        assert_eq!(next_page(next), Some("/v2/a/tags/list?last=1&n=2"));
        assert_eq!(next_page("</v2/a>; rel=\"prev\""), None);
    }
}
