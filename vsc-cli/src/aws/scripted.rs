//! Scripted AWS for tests: answers by operation, and a record of the calls.
//!
//! The SDK is the real one, with a connection that ends in this process. The clock
//! advances only when nothing else is left to do, so that pauses take no time and can be measured.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region};
use aws_credential_types::Credentials;
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::RetryConfig;
use tokio::sync::watch;
use tokio::time::Instant;
use vsc_core::stack::Draft;
use vsc_spec::{Json, Object};

use super::interrupt::Interrupt;
use super::io::{Question, SharedIo};
use super::session::Session;
use super::session_options::SessionOptions;
use super::turn::Turn;
use crate::assembly::{Stack, Template};
use crate::failure::{Failure, FailureKind};
use crate::operation::each::Target;
use crate::terminal::{Terminal, Verbosity, heard};
use crate::view::{JsonLines, Person};

/// The answer to a call.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// The result: XML or JSON, as the service has it.
    Good(String),
    /// The body of a response, as it is.
    Raw(String),
    /// An error: HTTP status, code and message.
    Bad(u16, String, String),
    /// The connection breaks.
    Lost,
    /// No connection in time.
    Slow,
    /// The response is malformed.
    Garbled,
    /// Another answer after some time.
    Late(Duration, Box<Answer>),
}

/// The script and the record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Aws(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    answers: HashMap<String, VecDeque<Answer>>,
    calls: Vec<Call>,
    began: Option<Instant>,
    interrupt: Option<(String, usize, watch::Sender<bool>)>,
}

/// A recorded call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// The time since the start.
    pub(crate) at: Duration,
    pub(crate) operation: String,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Call {
    /// A parameter of the Query protocol.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.parameters.iter();
        parameters.find_map(|(key, value)| (key == name).then_some(value.as_str()))
    }
}

pub(crate) fn good(answer: impl Into<String>) -> Answer {
    Answer::Good(answer.into())
}

pub(crate) fn bad(code: &str, message: &str) -> Answer {
    Answer::Bad(400, code.to_owned(), message.to_owned())
}

/// The answer for a stack that does not exist.
pub(crate) fn missing() -> Answer {
    bad("ValidationError", "Stack with id team does not exist")
}

/// A stack of this status, with further members.
pub(crate) fn stack_with(status: &str, more: &str) -> Answer {
    good(format!(
        "<Stacks><member><StackId>{ID}</StackId><StackName>team</StackName><StackStatus>{status}</StackStatus><CreationTime>2026-11-25T09:00:00Z</CreationTime>{more}</member></Stacks>"
    ))
}

pub(crate) fn stack(status: &str) -> Answer {
    stack_with(status, "")
}

/// The ID of the stack.
pub(crate) const ID: &str = "arn:aws:cloudformation:eu-west-1:123456789012:stack/team/1";

/// Events, oldest first: a number, a logical ID (`team` is the stack), a status, a reason.
pub(crate) fn events(events: &[(u32, &str, &str, &str)]) -> Answer {
    let mut text = String::new();
    for (number, id, status, reason) in events.iter().rev() {
        let (kind, physical) = match *id {
            "team" => ("AWS::CloudFormation::Stack", ID),
            _ => ("AWS::EC2::Instance", "i-1"),
        };
        // Writing into a string cannot fail.
        _ = write!(
            text,
            "<member><EventId>{number}</EventId><StackId>{ID}</StackId><StackName>team</StackName><Timestamp>2026-11-25T09:{number:02}:00Z</Timestamp><LogicalResourceId>{id}</LogicalResourceId><PhysicalResourceId>{physical}</PhysicalResourceId><ResourceType>{kind}</ResourceType><ResourceStatus>{status}</ResourceStatus><ResourceStatusReason>{reason}</ResourceStatusReason></member>"
        );
    }
    good(format!("<StackEvents>{text}</StackEvents>"))
}

impl Aws {
    /// Answers to an operation, one after the other; the last one repeats.
    pub(crate) fn answers(
        self,
        operation: &str,
        answers: impl IntoIterator<Item = Answer>,
    ) -> Self {
        let answers = answers.into_iter().collect();
        self.state().answers.insert(operation.to_owned(), answers);
        self
    }

    /// The user interrupts during this operation.
    pub(crate) fn interrupted_at(self, operation: &str) -> Self {
        self.interrupted_at_call(operation, 1)
    }

    /// The user interrupts during the call of this number, from 1 on, of this operation.
    pub(crate) fn interrupted_at_call(self, operation: &str, number: usize) -> Self {
        let (reported, _) = watch::channel(false);
        self.state().interrupt = Some((operation.to_owned(), number, reported));
        self
    }

    /// Runs a command with this script.
    pub(crate) fn serve<T>(&self, command: impl FnOnce() -> T) -> T {
        SERVING.set(Some(self.clone()));
        let result = command();
        SERVING.set(None);
        result
    }

    /// Runs a test with a session.
    pub(crate) fn run<T>(&self, test: impl AsyncFnOnce(&Session) -> T) -> T {
        self.run_with(1, Verbosity::Normal, test)
    }

    /// As [`Aws::run`], with this number of attempts.
    pub(crate) fn run_with<T>(
        &self,
        attempts: u32,
        verbosity: Verbosity,
        test: impl AsyncFnOnce(&Session) -> T,
    ) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build()
            .expect("there is a runtime");
        let result = runtime.block_on(async {
            let io = Arc::new(Person::new(&Terminal::of_tests(verbosity)));
            let session = self.session(attempts, io).await;
            heard::take();
            self.state().began = Some(Instant::now());
            test(&session).await
        });
        runtime.shutdown_background();
        result
    }

    async fn session(&self, attempts: u32, io: SharedIo) -> Session {
        let wire = SharedHttpConnector::new(self.clone());
        let nothing = EnvConfigFiles::builder()
            .with_contents(EnvConfigFileKind::Config, "")
            .with_contents(EnvConfigFileKind::Credentials, "")
            .build();
        let config = aws_config::defaults(BehaviorVersion::latest())
            .http_client(http_client_fn(move |_, _| wire.clone()))
            .profile_files(nothing)
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("AKIA", "secret", None, None, "test"))
            .timeout_config(
                TimeoutConfig::builder()
                    .operation_attempt_timeout(Duration::from_secs(30))
                    .build(),
            )
            .retry_config(RetryConfig::standard().with_max_attempts(attempts))
            .load()
            .await;
        let (reported, heard) = watch::channel(false);
        if let Some((_, _, sender)) = &mut self.state().interrupt {
            *sender = reported.clone();
        }
        // The session may have ended.
        std::mem::forget(reported);
        Session::scripted(config, Interrupt::scripted(heard), io)
    }

    /// The called operations, in order.
    pub(crate) fn operations(&self) -> Vec<String> {
        let state = self.state();
        let calls = state.calls.iter();
        calls.map(|call| call.operation.clone()).collect()
    }

    /// The calls of an operation.
    pub(crate) fn calls(&self, operation: &str) -> Vec<Call> {
        let state = self.state();
        let calls = state.calls.iter();
        let calls = calls.filter(|call| call.operation == operation);
        calls.cloned().collect()
    }

    /// The last call of an operation.
    pub(crate) fn last(&self, operation: &str) -> Call {
        let calls = self.calls(operation);
        let last = calls.into_iter().next_back();
        last.unwrap_or_else(|| panic!("{operation} was not called: {:?}", self.operations()))
    }

    /// When an operation was called, in milliseconds.
    pub(crate) fn times(&self, operation: &str) -> Vec<u128> {
        let calls = self.calls(operation);
        calls.iter().map(|call| call.at.as_millis()).collect()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Records a call, and returns its answer.
    fn take(&self, request: &HttpRequest) -> Answer {
        let body = request.body().bytes().unwrap_or_default();
        let body = String::from_utf8_lossy(body).into_owned();
        let parameters: Vec<(String, String)> = pairs(&body);
        let target = request.headers().get("x-amz-target");
        let target = target.and_then(|target| target.rsplit('.').next());
        let action = parameters.iter().find(|(name, _)| name == "Action");
        let operation = match (target, action) {
            (Some(target), _) => target.to_owned(),
            (None, Some((_, action))) => action.clone(),
            (None, None) => request.method().to_owned(),
        };
        let mut state = self.state();
        let began = state.began.unwrap_or_else(Instant::now);
        let headers = request.headers().iter();
        state.calls.push(Call {
            at: began.elapsed(),
            operation: operation.clone(),
            parameters,
            url: request.uri().to_owned(),
            headers: headers
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body,
        });
        let count = state
            .calls
            .iter()
            .filter(|call| call.operation == operation);
        let count = count.count();
        if let Some((at, number, reported)) = &state.interrupt
            && *at == operation
            && count >= *number
        {
            reported.send_replace(true);
        }
        let Some(answers) = state.answers.get_mut(&operation) else {
            panic!("no answer for {operation}");
        };
        let next = answers.front().cloned().expect("there is an answer");
        if answers.len() > 1 {
            answers.pop_front();
        }
        next
    }
}

/// Runs a function while a user answers every question.
pub(crate) fn with_user<T>(answer: bool, act: impl FnOnce() -> T) -> T {
    ANSWER.set(Some(answer));
    let result = act();
    ANSWER.set(None);
    result
}

/// The user's answer, if there is a user.
pub(crate) fn answer(session: &Session, question: &Question) -> Option<bool> {
    let answer = ANSWER.get()?;
    session.io.answered(question);
    Some(answer)
}

thread_local! {
    static ANSWER: Cell<Option<bool>> = const { Cell::new(None) };
    static SERVING: RefCell<Option<Aws>> = const { RefCell::new(None) };
}

/// The session of a command that runs with a script.
pub(crate) async fn connected(io: &SharedIo) -> Option<Session> {
    let aws = SERVING.with_borrow(Clone::clone)?;
    aws.state().began = Some(Instant::now());
    Some(aws.session(1, Arc::clone(io)).await)
}

impl HttpConnector for Aws {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let is_json = request.headers().get("x-amz-target").is_some();
        let mut answer = self.take(&request);
        let operation = self.operations().pop().unwrap_or_default();
        // EC2 has no element around its results.
        let is_bare = request.uri().contains("://ec2.") || request.uri().contains("://s3.");
        HttpConnectorFuture::new(async move {
            while let Answer::Late(time, next) = answer {
                tokio::time::sleep(time).await;
                answer = *next;
            }
            let (status, body) = match answer {
                Answer::Good(json) if is_json => (200, json),
                Answer::Raw(body) => (200, body),
                Answer::Good(xml) if is_bare => (
                    200,
                    format!("<{operation}Response>{xml}</{operation}Response>"),
                ),
                Answer::Good(xml) => (
                    200,
                    format!(
                        "<{operation}Response><{operation}Result>{xml}</{operation}Result></{operation}Response>"
                    ),
                ),
                Answer::Bad(status, code, message) if is_json => (
                    status,
                    format!("{{\"__type\": \"{code}\", \"message\": \"{message}\"}}"),
                ),
                Answer::Bad(status, code, _) if code.is_empty() => (status, String::new()),
                Answer::Bad(status, code, message) => (
                    status,
                    format!(
                        "<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>"
                    ),
                ),
                Answer::Slow => return Err(ConnectorError::timeout("too slow".into())),
                Answer::Garbled => return Err(ConnectorError::other("no answer".into(), None)),
                Answer::Lost => return Err(ConnectorError::io("the connection is gone".into())),
                Answer::Late(..) => unreachable!("it has come"),
            };
            let status = status.try_into().expect("it is a status");
            let mut response = HttpResponse::new(status, SdkBody::from(body));
            response.headers_mut().insert("x-amzn-requestid", "r-1");
            Ok(response)
        })
    }
}

/// The parameters of a form.
fn pairs(form: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            bytes.push(match byte {
                b'+' => b' ',
                b'%' => {
                    let digits = [rest.next(), rest.next()].map(Option::unwrap_or_default);
                    let digits = String::from_utf8_lossy(&digits).into_owned();
                    u8::from_str_radix(&digits, 16).unwrap_or(b'?')
                }
                byte => byte,
            });
        }
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let pairs = form.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// Where an operation runs in a test that serves AWS, and who sees it: a person, or a program.
pub(crate) fn target(is_program: bool) -> Target {
    let terminal = Terminal::default();
    Target {
        session: SessionOptions {
            region: None,
            profile: None,
            timeout: Duration::from_secs(30),
        },
        io: if is_program {
            Arc::new(JsonLines::new(&terminal))
        } else {
            Arc::new(Person::new(&terminal))
        },
        turn: Turn::default(),
    }
}

/// The message of a failure.
pub(crate) fn message<T>(result: Result<T, Failure>) -> String {
    match result {
        Ok(_) => panic!("it succeeded"),
        Err(failure) if failure.kind() == FailureKind::Usage => {
            format!("usage: {}", failure.text())
        }
        Err(failure) => failure.text(),
    }
}

/// A stack of which only the name is known.
pub(crate) fn named(name: &str) -> Stack {
    Stack {
        name: name.to_owned(),
        ..Stack::default()
    }
}

/// A stack with one queue and what a test adds.
pub(crate) fn stacked(add: impl FnOnce(&mut vsc_core::Stack)) -> Stack {
    let mut stack = vsc_core::Stack::new("team");
    let properties = Object::new().with("DelaySeconds", Json::Integer(5));
    stack.add("Queue", Draft::unchecked("AWS::SQS::Queue", properties));
    add(&mut stack);
    let template = stack.finish().expect("nothing is wrong with it");
    Stack {
        name: "team".to_owned(),
        template: Template::read(template.to_yaml_string()).expect("it is a template"),
        ..Stack::default()
    }
}

pub(crate) use crate::assembly::written::team;

/// AWS with a running host, whose commands print this.
pub(crate) fn running_host(outputs: impl IntoIterator<Item = Answer>) -> Aws {
    let host = "<StackResourceSummaries><member><LogicalResourceId>Host</LogicalResourceId><PhysicalResourceId>i-1</PhysicalResourceId></member></StackResourceSummaries>";
    let instance = "<reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>running</name></instanceState></item></instancesSet></item></reservationSet>";
    Aws::default()
        .answers("DescribeStacks", [stack("CREATE_COMPLETE")])
        .answers("ListStackResources", [good(host)])
        .answers("DescribeInstances", [good(instance)])
        .answers(
            "SendCommand",
            [good("{\"Command\": {\"CommandId\": \"c-1\"}}")],
        )
        .answers("GetCommandInvocation", outputs)
}
