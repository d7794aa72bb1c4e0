//! `quota`.

use super::declare::declare_lint;

declare_lint! {
    /// The template is within the quotas of CloudFormation.
    ///
    /// # Why
    ///
    /// CloudFormation rejects a template that is too large, or has too many resources, parameters, mappings or
    /// outputs.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Description: >-
    ///   This stack has the queues, topics and functions that take orders from the shop, check them against
    ///   the stock, reserve what is there, order what is not, and inform the customer when it will arrive.
    ///   Orders come in by a REST interface, are written to a table, and go through a state machine with a
    ///   step for each partner. What a partner does not answer within a day goes to a queue that a person
    ///   looks through every morning. The functions share a layer with the client of the stock system,
    ///   which is built in another repository and must be deployed first. Alarms go to the topic of the
    ///   team on duty, whose subscription is confirmed by hand. The table is backed up every night, and the
    ///   backups are kept for a year because the auditors ask for them. Before a change of the state machine
    ///   is deployed, the running executions have to end, which takes up to two days; the runbook in the
    ///   wiki of the team says how to stop new ones meanwhile. After a deployment, run the smoke test, and
    ///   watch the dashboard for an hour. Questions go to the channel of the team in the company's chat.
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Description: Alarms
    /// Resources:
    ///   Topic: { Type: AWS::SNS::Topic }
    /// ```
    ///
    /// # Sources
    ///
    /// - AWS CloudFormation User Guide, "Understand CloudFormation quotas"
    /// - cfn-lint E1002, E1003, E2010, E3010, E6010
    pub const QUOTA: Error = "quota";
}
