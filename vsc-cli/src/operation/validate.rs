//! Validation of templates by CloudFormation (`ValidateTemplate`), for `check --online`.

use vsc_spec::Diagnostic;

use super::each::Target;
use crate::Failure;
use crate::assembly::Template;
use crate::aws::io::Event;
use crate::aws::runtime;
use crate::aws::session::{Session, Stopped};
use crate::aws::template_upload::SerializedTemplate;

/// A template to validate.
#[derive(Clone, Debug)]
pub(crate) struct Unvalidated {
    /// The name of its file.
    pub(crate) name: String,
    pub(crate) template: Template,
    /// The region that its stack declares.
    pub(crate) region: Option<String>,
}

/// What CloudFormation rejects: the names of the templates, and the reasons.
///
/// # Errors
///
/// When AWS cannot be asked.
pub(crate) fn run(
    target: &Target,
    templates: &[Unvalidated],
) -> Result<Vec<(String, Diagnostic)>, Failure> {
    runtime::block_on(async {
        let mut sessions: Vec<(Option<&str>, Session)> = Vec::new();
        let mut rejected = Vec::new();
        for unvalidated in templates {
            let region = unvalidated.region.as_deref();
            let known = sessions.iter().position(|(of, _)| *of == region);
            let index = match known {
                Some(index) => index,
                None => {
                    let session = target.connect_to(region).await?;
                    sessions.push((region, session));
                    sessions.len() - 1
                }
            };
            let (_, session) = &sessions[index];
            if let Some(diagnostic) = validate(session, unvalidated).await? {
                rejected.push((unvalidated.name.clone(), diagnostic));
            }
        }
        Ok(rejected)
    })
}

async fn validate(
    session: &Session,
    Unvalidated { name, template, .. }: &Unvalidated,
) -> Result<Option<Diagnostic>, Failure> {
    let SerializedTemplate::Inline(text) = SerializedTemplate::of(template) else {
        session.io.report(Event::NotValidated { template: name });
        return Ok(None);
    };
    let call = session
        .cloudformation
        .validate_template()
        .template_body(text);
    match session.call("ValidateTemplate", call.send()).await {
        Ok(_) => Ok(None),
        Err(Stopped::Failed(error)) if error.code() == "ValidationError" => {
            Ok(Some(Diagnostic::new(format!(
                "CloudFormation rejects the template: {}",
                error.message()
            ))))
        }
        Err(stopped) => Err(stopped.into()),
    }
}
