//! The deployed host: the age of its image, and what protects the homes.

use vsc_core::diff::{Homes, HomesHolder};
use vsc_spec::Diagnostic;

use super::account::{Account, Outcome};
use super::check::Check;
use crate::assembly::{Stack, Team};
use crate::aws::cloudformation::{self, Deployed};
use crate::aws::session::Stopped;
use crate::aws::stack_policy::{self, StackPolicy};
use crate::aws::stack_state::StackState;
use crate::aws::{host, host_report, image, masked};
use crate::failure::Hint;

const IMAGE: &str = "host image";
const HOMES: &str = "homes";

impl Account<'_> {
    /// The checks of a deployed host.
    pub(super) async fn host_checks(&self, stack: &Stack, team: &Team) -> Vec<Check> {
        let Ok(Some(deployed)) = cloudformation::describe(self.session, &stack.name).await else {
            // Whether it is deployed is a check of its own.
            return Vec::new();
        };
        if !matches!(deployed.state(), StackState::Complete | StackState::Failed) {
            return Vec::new();
        }
        let image = self.host_image(stack, &deployed).await;
        let image = image.transpose().map(|outcome| Self::found(IMAGE, outcome));
        let homes = Self::found(HOMES, self.homes(stack, team, &deployed).await);
        image.into_iter().chain([homes]).collect()
    }

    /// The age of the host's image; none if there is no host.
    async fn host_image(
        &self,
        stack: &Stack,
        deployed: &Deployed,
    ) -> Result<Option<Check>, Stopped> {
        let resources = cloudformation::resources(self.session, &deployed.id).await?;
        let mut resources = resources.into_iter();
        let host = resources.find(|resource| resource.logical_id == stack.host_id());
        let Some(id) = host.and_then(|host| host.physical_id) else {
            return Ok(None);
        };
        let instance = host::describe(self.session, &id).await?;
        let Some(used) = instance.and_then(|instance| instance.image) else {
            return Ok(None);
        };
        let newest = image::name_of_newest(&stack.template.json, &deployed.parameters);
        let image = image::of_host(self.session, &used, newest.as_deref()).await?;
        let now = host_report::now();
        let text = image.describe(now);
        Ok(Some(if image.is_old(now) {
            let diagnostic = Diagnostic::new(text).note(
                "a published image replaces no host: its packages are updated, its image stays",
            );
            Check::doubtful(IMAGE, diagnostic)
        } else {
            Check::good(IMAGE, text)
        }))
    }

    /// Where the homes are, and whether a stack policy protects them.
    async fn homes(&self, stack: &Stack, team: &Team, deployed: &Deployed) -> Outcome {
        let Some(volume) = team.homes.as_ref().map(|homes| homes.volume.as_str()) else {
            return Ok(Check::good(
                HOMES,
                "on the root volume, and lost with the host",
            ));
        };
        let text = cloudformation::deployed_template(self.session, &deployed.id).await?;
        let homes = masked::read(&text, &stack.template.json).ok();
        let homes = homes.and_then(|template| Homes::of(&template));
        let is_own = homes.is_some_and(|homes| homes.holder == HomesHolder::Own);
        let (name, selection) = (&stack.name, stack.selection());
        if !is_own {
            let help = Hint::run("move them with", &["deploy", &selection, "--move-homes"]);
            let diagnostic = Diagnostic::new(format!("the homes of {name} would be lost with its host"))
                .note("the host was deployed by an earlier version, which did not give them a volume of their own")
                .help(help.to_string());
            return Ok(Check::doubtful(HOMES, diagnostic));
        }
        let policy = stack_policy::get(self.session, &deployed.id).await?;
        let policy = StackPolicy::read(policy.as_deref()).ok();
        Ok(if policy.is_some_and(|policy| policy.protects(volume)) {
            let text = format!("on `{volume}`; the stack policy denies replacing or deleting it");
            Check::good(HOMES, text)
        } else {
            let help = Hint::run("", &["deploy", &selection]).then(" sets it");
            let diagnostic = Diagnostic::new(format!("no stack policy protects `{volume}`"))
                .note("another tool could delete it by an update")
                .help(help.to_string());
            Check::doubtful(HOMES, diagnostic)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::aws::scripted::{Answer, Aws, bad, good, missing, stack, team};
    use crate::terminal::plain;

    fn answer(name: &str, text: &str) -> Answer {
        let text = text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;");
        good(format!("<{name}>{text}</{name}>"))
    }

    /// The checks of a deployed team, with this policy and an image of this day.
    fn checks(stack: &Stack, template: &str, policy: Answer, day: &str) -> String {
        let image = |id: &str, day: &str| {
            format!(
                "<item><imageId>{id}</imageId><creationDate>{day}T00:00:00.000Z</creationDate></item>"
            )
        };
        let images = [image("ami-1", day), image("ami-2", "2026-01-01")].concat();
        let aws = Aws::default()
            .answers("DescribeStacks", [crate::aws::scripted::stack("CREATE_COMPLETE")])
            .answers("ListStackResources", [good("<StackResourceSummaries><member><LogicalResourceId>Host</LogicalResourceId><PhysicalResourceId>i-1</PhysicalResourceId></member></StackResourceSummaries>")])
            .answers("DescribeInstances", [good("<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><imageId>ami-1</imageId></item></instancesSet></item></reservationSet>")])
            .answers("GetParameters", [good(r#"{"Parameters": [{"Value": "ami-2"}]}"#)])
            .answers("DescribeImages", [good(format!("<imagesSet>{images}</imagesSet>"))])
            .answers("GetTemplate", [answer("TemplateBody", template)])
            .answers("GetStackPolicy", [policy]);
        of(&aws, stack)
    }

    fn of(aws: &Aws, stack: &Stack) -> String {
        let answers = BTreeMap::new();
        let checks = aws.run(async |session| {
            let account = Account {
                session,
                answers: &answers,
            };
            let team = stack.team.as_ref().expect("it is a team");
            account.host_checks(stack, team).await
        });
        let texts = checks.iter().map(crate::view::doctor::text);
        plain(&texts.collect::<String>())
    }

    #[test]
    fn the_host_and_its_homes_are_checked() {
        let own = team(|team| team);
        let policy = StackPolicy::default().protecting(&["HomeVolume"], &[]);
        let policy = || answer("StackPolicyBody", &policy.body());
        let text = checks(&own, &own.template.text, policy(), "2025-12-20");
        assert!(
            text.starts_with("✓ host image      ami-1 of 2025-12-20, ")
                || text.starts_with("! host image      ami-1 of 2025-12-20, "),
            "{text}"
        );
        assert!(
            text.contains("✓ homes           on `HomeVolume`; the stack policy denies replacing or deleting it\n"),
            "{text}"
        );
        let text = checks(&own, &own.template.text, good(""), "2020-01-01");
        assert!(
            text.starts_with("! host image      ami-1 of 2020-01-01, "),
            "{text}"
        );
        assert!(
            text.contains("`deploy --new-host` brings one from ami-2 of 2026-01-01\n"),
            "{text}"
        );
        assert!(
            text.contains("! homes           no stack policy protects `HomeVolume`\n"),
            "{text}"
        );
        let denied = checks(
            &own,
            &own.template.text,
            bad("AccessDenied", "no"),
            "2020-01-01",
        );
        assert!(
            denied.contains("! homes           access denied: no\n"),
            "{denied}"
        );
        let earlier = "
Resources: {Host: {Type: AWS::EC2::Instance}}
Outputs: {AliceUrl: {Description: The workspace of alice; x, Value: a}}";
        let text = checks(&own, earlier, good(""), "2020-01-01");
        assert!(
            text.contains("! homes           the homes of team would be lost with its host\n"),
            "{text}"
        );
        assert!(text.contains("deploy team --move-homes"), "{text}");
        let none = team(|team| team.home_volume("none"));
        let text = checks(&none, earlier, good(""), "2020-01-01");
        assert!(
            text.contains("✓ homes           on the root volume, and lost with the host\n"),
            "{text}"
        );
    }

    #[test]
    fn a_stack_without_a_host_has_no_such_checks() {
        let own = team(|team| team);
        for answer in [
            missing(),
            stack("REVIEW_IN_PROGRESS"),
            stack("ROLLBACK_COMPLETE"),
        ] {
            let aws = Aws::default().answers("DescribeStacks", [answer]);
            assert_eq!(of(&aws, &own), "");
        }
    }
}
