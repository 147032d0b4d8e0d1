//! The running receiver, and the view of its state that tests have.

use jiff::Timestamp;

use crate::answer::Answer;
use crate::fake::Fake;
use crate::request::Request;
use crate::shared::Platform;
use crate::webhook::receiver::{Delivery, Receiver};

impl Platform for Receiver {
    fn answer(&mut self, request: &Request, _: &str, now: Timestamp) -> Answer {
        self.receive(request, now)
    }
}

impl Fake<Receiver> {
    /// Returns all accepted deliveries, repeats included.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.platform().deliveries.clone()
    }

    /// Returns the accepted deliveries that had an effect.
    #[must_use]
    pub fn posts(&self) -> Vec<Delivery> {
        let mut deliveries = self.deliveries();
        deliveries.retain(|delivery| !delivery.is_repeat);
        deliveries
    }
}
