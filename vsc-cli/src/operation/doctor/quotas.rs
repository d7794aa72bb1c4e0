//! The quotas of the account, and their usage.

use vsc_spec::team::InstanceType;
use vsc_spec::{Diagnostic, Json, Object};

use super::account::{Account, Outcome};
use super::check::Check;
use crate::assembly::Host;
use crate::aws::call::{self, Element, SERVICE_QUOTAS};
use crate::aws::cloudformation;
use crate::aws::session::Stopped;

impl Account<'_> {
    /// Quota L-1216C47A: "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances".
    pub(super) async fn vcpus(&self, host: &Host) -> Outcome {
        const SUBJECT: &str = "vCPU quota";
        let Some(quota) = self.quota("L-1216C47A").await? else {
            return Ok(Check::skipped(SUBJECT, "AWS reports no quota"));
        };
        let running = [
            ("Filter.1.Name", "instance-state-name"),
            ("Filter.1.Value.1", "running"),
            ("Filter.1.Value.2", "pending"),
        ];
        let running = self.ec2("DescribeInstances", &running).await?;
        let used: u32 = running
            .all("reservationSet/item/instancesSet/item")
            .iter()
            .map(|item| vcpus(item))
            .sum();
        let needed = host.vcpus;
        let text = format!(
            "{used} of {quota} vCPUs are in use, {} needs {needed}",
            host.instance_type
        );
        Ok(if f64::from(used + needed) <= quota {
            Check::good(SUBJECT, text)
        } else {
            let diagnostic = Diagnostic::new(text)
                .note("this may include the host itself, if it is running")
                .help(
                    "request an increase in Service Quotas: EC2, \"Running On-Demand Standard instances\"",
                );
            Check::doubtful(SUBJECT, diagnostic)
        })
    }

    /// Quota L-0263D0A3: "EC2-VPC Elastic IPs".
    pub(super) async fn addresses(&self, stack: &str) -> Outcome {
        const SUBJECT: &str = "Elastic IPs";
        let Some(quota) = self.quota("L-0263D0A3").await? else {
            return Ok(Check::skipped(SUBJECT, "AWS reports no quota"));
        };
        let found = self.ec2("DescribeAddresses", &[]).await?;
        let used = found.all("addressesSet/item").len();
        let text = format!("{used} of {quota} are in use");
        let used = f64::from(u32::try_from(used).unwrap_or(u32::MAX));
        let is_there = cloudformation::describe(self.session, stack)
            .await?
            .is_some();
        Ok(if used < quota || is_there {
            Check::good(SUBJECT, text)
        } else {
            let diagnostic = Diagnostic::new(text).help(
                "release one, or request an increase in Service Quotas: EC2, \"EC2-VPC Elastic IPs\"",
            );
            Check::bad(SUBJECT, diagnostic)
        })
    }

    async fn quota(&self, code: &str) -> Result<Option<f64>, Stopped> {
        let body = Json::Object(
            Object::new()
                .with("ServiceCode", "ec2")
                .with("QuotaCode", code.to_owned()),
        );
        let call = call::json(
            self.session.config(),
            &SERVICE_QUOTAS,
            "GetServiceQuota",
            &body,
        );
        let answer = match self.session.call("GetServiceQuota", call).await {
            Ok(answer) => answer,
            Err(Stopped::Failed(error)) if error.code() == "NoSuchResourceException" => {
                return Ok(None);
            }
            Err(stopped) => return Err(stopped),
        };
        let value = answer.get("Quota").and_then(|quota| quota.get("Value"));
        Ok(match value {
            Some(Json::Number(number)) => Some(*number),
            Some(Json::Integer(number)) => i32::try_from(*number).ok().map(f64::from),
            _ => None,
        })
    }
}

/// The vCPUs of a running instance: as reported, or else those of its type.
fn vcpus(item: &Element) -> u32 {
    let number = |path: &str| item.text(path).and_then(|text| text.parse::<u32>().ok());
    let reported = number("cpuOptions/coreCount").zip(number("cpuOptions/threadsPerCore"));
    reported
        .map(|(cores, threads)| cores * threads)
        .or_else(|| {
            let instance = InstanceType::new(item.text("instanceType")?).ok()?;
            Some(instance.vcpus())
        })
        .unwrap_or(0)
}
